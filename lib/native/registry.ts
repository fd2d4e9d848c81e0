export type Hive = 'HKLM' | 'HKCU' | 'HKCR';

export interface RegistryKey {
  /** `name` is `''` for the key's default value; `data` is `null` for what is neither of REG_SZ nor REG_DWORD. */
  readonly values: readonly {
    readonly name: string;
    readonly data: string | number | null;
  }[];
  readonly subkeys: readonly string[];
}
