// The type library of test/support/described-classes.ts, as test/native/type_library.cpp reads it.
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

/** Runs the program that reads type libraries. Returns the lines that it writes. */
export async function typeLibraryProgram(
  what: 'read' | 'memory' | 'broken' | 'register' | 'unregister',
  file: string,
): Promise<string[]> {
  const program = resolve('build/tests/build/Release/native_type_library.exe');
  const { stdout } = await promisify(execFile)(program, [what, file], { timeout: 20_000 });
  return stdout.trim().split(/\r?\n/);
}

/** The lines of each type. The parameter `limit` is a `float32` in the file: Wine writes no other. */
export const typesInFile: readonly (readonly string[])[] = [
  [
    'enum Mode {F766ADC7-97D0-5BE6-81DE-BDFAD588831A} 1.0 [] ""',
    'const read = int32 1',
    'const write = int32 2',
    'const both = int32 -1',
  ],
  [
    'dispinterface _Files {6F1D3C52-8E0B-4A57-9C4D-2B7E5A90C312} 1.0 [hidden nonextensible dispatchable] "Files and their "lines""',
    'implements IDispatch []',
    'get item 0 []([in] int32 index) 0: string "A line"',
    'put item 0 []([in] int32 index, [in] string ) 0: void "A line"',
    'get _NewEnum -4 [hidden restricted]() 0: unknown ""',
    'method open 1 []([in] string path, [in optional default] Mode mode = int32 1, ' +
      '[in optional default] float64 limit = float32 -0.5, ' +
      '[in optional default] string encoding = string a "b" \\ c, ' +
      '[in optional default] boolean locked = boolean 255, ' +
      '[in optional] variant owner) 1: boolean "Opens a file"',
    'method close 2 []() 0: void ""',
    'method anything 3 []([in out] array of variant* args) -1: variant "Takes what it gets"',
    'method exchange 4 []([in out] string* text, [in out] variant* any, [in out] array of int32* list) 0: void ""',
    'method numbers 5 []([in] int8 i1, [in] uint8 u1, [in] int16 i2, [in] uint16 u2, ' +
      '[in] int32 i4, [in] uint32 u4, [in] int64 i8, [in] uint64 u8, [in] float32 r4, ' +
      '[in] float64 r8) 0: array of float64 ""',
    'method others 6 []([in] currency money, [in] decimal exact, [in] date when, ' +
      '[in] error failure, [in] boolean flag, [in] variant any, [in] object one, ' +
      '[in] array of string names, [in] array of Mode modes) 0: date ""',
    'method defaults 7 []([in optional default] int16 i2 = int16 -2, ' +
      '[in optional default] int32 i4 = int32 -2147483648, ' +
      '[in optional default] uint8 u1 = uint8 255, [in optional default] uint16 u2 = uint16 65535, ' +
      '[in optional default] uint32 u4 = uint32 4294967295, ' +
      '[in optional default] float32 r4 = float32 1.5, ' +
      '[in optional default] boolean off = boolean 0, [in optional default] string none = string , ' +
      '[in optional] variant i8, [in optional] variant any) 2: void ""',
    'get count 8 []() 0: int32 "How many lines"',
    'put secret 9 [hidden]([in] string ) 0: void ""',
    'get mode 10 []() 0: Mode ""',
    'put mode 10 []([in] Mode ) 0: void ""',
    'get parent 11 []() 0: object ""',
    'put parent 11 []([in] object ) 0: void ""',
    'putref parent 11 []([in] object ) 0: void ""',
    'get tag 12 []() 0: variant ""',
    'put tag 12 []([in] variant ) 0: void ""',
    'putref tag 12 []([in] variant ) 0: void ""',
    'get list 13 []() 0: array of variant ""',
    'put list 13 []([in] array of variant ) 0: void ""',
  ],
  [
    'coclass Files {6F1D3C52-8E0B-4A57-9C4D-2B7E5A90C311} 1.0 [creatable] "Files and their "lines""',
    'implements _Files [default]',
  ],
  [
    'dispinterface Line {6F1D3C52-8E0B-4A57-9C4D-2B7E5A90C313} 1.0 [nonextensible dispatchable] ""',
    'implements IDispatch []',
    'method set 1 []([in] Mode mode) 0: void ""',
  ],
];
