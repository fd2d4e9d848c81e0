// The names of error codes, as they are in the Windows headers.
import { hresultTable, win32ErrorTable } from './generated/hresult-table.js';

/** The top of the HRESULTs that wrap a Win32 error code. */
const wrapped = 0x80070000;

interface Names {
  readonly hresults: ReadonlyMap<number, string>;
  readonly win32Errors: ReadonlyMap<number, string>;
}

let parsed: Names | undefined;

function names(): Names {
  parsed ??= { hresults: parse(hresultTable), win32Errors: parse(win32ErrorTable) };
  return parsed;
}

function parse(table: string): Map<number, string> {
  return new Map(
    table
      .trim()
      .split('\n')
      .map((line) => {
        const [code = '', name = ''] = line.split(' ');
        return [Number(code), name];
      }),
  );
}

/**
 * Returns the name of an HRESULT, signed or unsigned. For an HRESULT that wraps a Win32 error code
 * the name of that error; for one without a name its number: `'0x80040201'`.
 */
export function hresultName(hresult: number): string {
  const code = hresult >>> 0;
  const { hresults, win32Errors } = names();
  const isWrapped = code > wrapped && code <= wrapped + 0xffff;
  return (
    hresults.get(code) ??
    (isWrapped ? win32Errors.get(code - wrapped) : undefined) ??
    `0x${code.toString(16).toUpperCase().padStart(8, '0')}`
  );
}
