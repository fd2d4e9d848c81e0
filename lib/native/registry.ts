/**
 * A hive of the registry, by the short form of its name: `HKEY_LOCAL_MACHINE`, `HKEY_CURRENT_USER`
 * or `HKEY_CLASSES_ROOT`, which shows the classes of both.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/sysinfo/predefined-keys
 */
export type Hive = 'HKLM' | 'HKCU' | 'HKCR';

/** The contents of a registry key. */
export interface RegistryKey {
  /**
   * The values. `name` is `''` for the key's default value. `data` is `null` if the type is neither
   * REG_SZ nor REG_DWORD.
   */
  readonly values: readonly {
    readonly name: string;
    readonly data: string | number | null;
  }[];

  /** The names of the subkeys. */
  readonly subkeys: readonly string[];
}
