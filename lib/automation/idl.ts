import type {
  NativeClass,
  NativeEnumeration,
  NativeFunction,
  NativeLibraryType,
  NativeParameter,
} from '../native/type-library.js';
import { arrayFlag } from '../value/types.js';
import { contentsOf } from './library-contents.js';
import type { TypeLibraryDescription } from './type-library.js';

/** The name of each type in IDL, by its `VARENUM`. */
const typeNames: Readonly<Record<number, string>> = {
  2: 'short',
  3: 'long',
  4: 'float',
  5: 'double',
  6: 'CURRENCY',
  7: 'DATE',
  8: 'BSTR',
  9: 'IDispatch*',
  10: 'SCODE',
  11: 'VARIANT_BOOL',
  12: 'VARIANT',
  13: 'IUnknown*',
  14: 'DECIMAL',
  16: 'char',
  17: 'unsigned char',
  18: 'unsigned short',
  19: 'unsigned long',
  20: 'hyper',
  21: 'unsigned hyper',
};

/**
 * Returns the text of a type library in IDL, from which MIDL makes the same library. (MIDL refuses
 * names that are words of IDL, and two enumerations that have a member of the same name.)
 *
 * @throws TypeError - When a default value is not of the parameter's type. The message names the
 *   parameter.
 * @see https://learn.microsoft.com/en-us/windows/win32/midl/type-library
 */
export function idlOf(library: TypeLibraryDescription): string {
  const contents = contentsOf(library);
  const version = `${String(contents.major)}.${String(contents.minor)}`;
  const lines = [
    `[ uuid(${bare(contents.libid)}), version(${version})${helpOf(contents.help)} ]`,
    `library ${contents.name}`,
    '{',
    '  importlib("stdole2.tlb");',
    ...contents.enumerations.flatMap((one) => ['', ...enumerationLines(one, version)]),
    ...contents.classes.flatMap((one) => ['', ...classLines(one, version)]),
    '};',
  ];
  return `${lines.join('\n')}\n`;
}

function enumerationLines({ name, id, members }: NativeEnumeration, version: string): string[] {
  return [
    `  typedef [ uuid(${bare(id)}), version(${version}) ]`,
    `  enum ${name}`,
    '  {',
    members.map((member) => `    ${member.name} = ${String(member.value)}`).join(',\n'),
    `  } ${name};`,
  ];
}

function classLines(one: NativeClass, version: string): string[] {
  const { name, clsid, interfaceName, iid, help, functions } = one;
  const hidden = clsid === null ? '' : ', hidden';
  const lines = [
    `  [ uuid(${bare(iid)}), version(${version}), nonextensible${hidden}${helpOf(help)} ]`,
    `  dispinterface ${interfaceName}`,
    '  {',
    '  properties:',
    '  methods:',
    ...functions.map((one) => `    ${functionLine(one)}`),
    '  };',
  ];
  if (clsid === null) return lines;
  return [
    ...lines,
    '',
    `  [ uuid(${bare(clsid)}), version(${version})${helpOf(help)} ]`,
    `  coclass ${name}`,
    '  {',
    `    [default] dispinterface ${interfaceName};`,
    '  };',
  ];
}

const kindsInIdl = { method: '', get: ', propget', put: ', propput', putref: ', propputref' };

function functionLine(one: NativeFunction): string {
  const flags = [
    `id(${String(one.dispid)})${kindsInIdl[one.kind]}`,
    ...(one.vararg ? ['vararg'] : []),
    ...(one.restricted ? ['restricted'] : []),
    ...(one.hidden ? ['hidden'] : []),
  ];
  const returned = one.returns === null ? 'void' : typeIn(one.returns);
  const parameters = one.parameters.map(parameterIn).join(', ');
  return `[ ${flags.join(', ')}${helpOf(one.help)} ] ${returned} ${one.name}(${parameters});`;
}

function parameterIn({ name, type, byReference, optional, defaultValue }: NativeParameter): string {
  const flags = [
    byReference ? 'in, out' : 'in',
    ...(defaultValue !== undefined
      ? [`defaultvalue(${valueIn(defaultValue)})`]
      : optional
        ? ['optional']
        : []),
  ];
  return `[${flags.join(', ')}] ${typeIn(type)}${byReference ? '*' : ''} ${name}`;
}

function typeIn({ vartype, enumeration }: NativeLibraryType): string {
  const element = enumeration ?? typeNames[vartype & ~arrayFlag] ?? 'VARIANT';
  return (vartype & arrayFlag) === 0 ? element : `SAFEARRAY(${element})`;
}

function valueIn(value: string | number | boolean): string {
  if (typeof value === 'string') return quoted(value);
  return String(typeof value === 'boolean' ? (value ? -1 : 0) : value);
}

function helpOf(help: string): string {
  return help === '' ? '' : `, helpstring(${quoted(help.replaceAll(/\s+/g, ' '))})`;
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}"`;
}

/** An id without its braces. */
function bare(id: string): string {
  return id.slice(1, -1);
}
