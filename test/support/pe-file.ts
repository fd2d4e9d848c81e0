// What a program or DLL for Windows is made for, and what it exports and imports.
//
// https://learn.microsoft.com/en-us/windows/win32/debug/pe-format
import { readFileSync } from 'node:fs';

const machines: Readonly<Record<number, string>> = { 0x8664: 'x64', 0xaa64: 'arm64', 0x14c: 'x86' };

export interface PeFile {
  readonly machine: string | undefined;
  readonly exports: readonly string[];
  /** The functions, for each DLL by its name in lower case. */
  readonly imports: Readonly<Record<string, readonly string[]>>;
}

export function readPeFile(file: string): PeFile {
  const bytes = readFileSync(file);
  const header = bytes.readUInt32LE(0x3c);
  const optional = header + 24;
  const is64Bit = bytes.readUInt16LE(optional) === 0x20b;
  const directories = optional + (is64Bit ? 112 : 96);
  const sections = optional + bytes.readUInt16LE(header + 20);

  /** Returns where in the file a relative virtual address is. */
  const at = (address: number): number => {
    for (let i = 0; i < bytes.readUInt16LE(header + 6); ++i) {
      const section = sections + 40 * i;
      const start = bytes.readUInt32LE(section + 12);
      const size = bytes.readUInt32LE(section + 16);
      if (address < start || address >= start + size) continue;
      return address - start + bytes.readUInt32LE(section + 20);
    }
    throw new RangeError(`${file} has nothing at 0x${address.toString(16)}`);
  };
  const text = (address: number): string => {
    const start = at(address);
    return bytes.toString('latin1', start, bytes.indexOf(0, start));
  };

  const exported = (): string[] => {
    const address = bytes.readUInt32LE(directories);
    if (address === 0) return [];
    const directory = at(address);
    const names = at(bytes.readUInt32LE(directory + 32));
    return Array.from({ length: bytes.readUInt32LE(directory + 24) }, (_, i) =>
      text(bytes.readUInt32LE(names + 4 * i)),
    );
  };
  const importedFrom = (lookups: number): string[] => {
    const names: string[] = [];
    for (let lookup = lookups; ; lookup += is64Bit ? 8 : 4) {
      const name = bytes.readUInt32LE(lookup);
      if (name === 0) return names;
      names.push(text(name + 2)); // after the hint
    }
  };
  const imported = (): Record<string, string[]> => {
    const found: Record<string, string[]> = {};
    const address = bytes.readUInt32LE(directories + 8);
    for (let entry = address === 0 ? -1 : at(address); entry >= 0; entry += 20) {
      const name = bytes.readUInt32LE(entry + 12);
      if (name === 0) break;
      found[text(name).toLowerCase()] = importedFrom(at(bytes.readUInt32LE(entry)));
    }
    return found;
  };
  return {
    machine: machines[bytes.readUInt16LE(header + 4)],
    exports: exported(),
    imports: imported(),
  };
}
