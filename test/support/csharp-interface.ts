import type { ClassDescription, MemberDescription, ParameterDescription, Type } from 'async-com';

// Declares a class in C#, as the importer of type libraries (tlbimp.exe) does: a dispinterface, and a
// class whose objects have it.

const types: Readonly<Record<Type['name'], readonly [type: string, unmanaged: string]>> = {
  variant: ['object', 'Struct'],
  boolean: ['bool', 'VariantBool'],
  int8: ['sbyte', 'I1'],
  uint8: ['byte', 'U1'],
  int16: ['short', 'I2'],
  uint16: ['ushort', 'U2'],
  int32: ['int', 'I4'],
  uint32: ['uint', 'U4'],
  int64: ['long', 'I8'],
  uint64: ['ulong', 'U8'],
  float32: ['float', 'R4'],
  float64: ['double', 'R8'],
  currency: ['decimal', 'Currency'],
  decimal: ['decimal', 'Struct'],
  date: ['DateTime', 'Struct'],
  string: ['string', 'BStr'],
  error: ['int', 'Error'],
  object: ['object', 'IDispatch'],
};

const newEnum = -4;

const enumerator =
  'System.Runtime.InteropServices.CustomMarshalers.EnumeratorToEnumVariantMarshaler';

/** Returns the source of the interface `I…` and of the class `…Class`. */
export function csharpInterface({ name, iid, clsid, members }: ClassDescription): string {
  return `
using System;
using System.Collections;
using System.Runtime.InteropServices;

[ComImport, Guid("${guid(iid)}"), InterfaceType(ComInterfaceType.InterfaceIsIDispatch)]
[CoClass(typeof(${name}Class))]
public interface I${name}
{
${members.map((member) => `    ${declared(member)}\n`).join('')}}

[ComImport, Guid("${guid(clsid ?? '')}"), ClassInterface(ClassInterfaceType.None)]
public class ${name}Class
{
}
`;
}

const guid = (id: string): string => id.slice(1, -1);

function declared({ name, dispid, kind, parameters, type, ...more }: MemberDescription): string {
  const id = `[DispId(${String(dispid)})]`;
  if (dispid === newEnum) {
    const marshal = `MarshalAs(UnmanagedType.CustomMarshaler, MarshalType = "${enumerator}")`;
    return `${id} [return: ${marshal}] IEnumerator GetEnumerator();`;
  }
  const returned = type === null ? '' : `[return: ${marshalAs(type)}] `;
  if (kind === 'property') {
    const get = more.readable ? `${returned}get; ` : '';
    const set = more.writable && type !== null ? `[param: ${marshalAs(type)}] set; ` : '';
    return `${id} ${spelled(type)} @${name} { ${get}${set}}`;
  }
  const list = parameters?.map(parameter).join(', ') ?? 'params object[] args';
  return `${id} ${returned}${spelled(type)} @${name}(${list});`;
}

function parameter(one: ParameterDescription): string {
  const { name, type, optional, defaultValue, byReference } = one;
  const attributes = [marshalAs(type)];
  if (optional) attributes.push('Optional');
  if (defaultValue !== undefined) {
    attributes.push(`DefaultParameterValue(${JSON.stringify(defaultValue)})`);
  }
  const reference = byReference ? 'ref ' : '';
  return `[${attributes.join(', ')}] ${reference}${spelled(type)} @${name}`;
}

function spelled(type: Type | null): string {
  if (type === null) return 'void';
  const [csharp] = types[type.name];
  return type.dimensions === 0 ? csharp : `${csharp}[${','.repeat(type.dimensions - 1)}]`;
}

function marshalAs({ name, vartype, dimensions }: Type): string {
  if (dimensions === 0) return `MarshalAs(UnmanagedType.${types[name][1]})`;
  const element = `(VarEnum)${String(vartype & 0xfff)}`;
  return `MarshalAs(UnmanagedType.SafeArray, SafeArraySubType = ${element})`;
}
