import { contentsOf } from './library-contents.js';
import type { TypeLibraryDescription } from './type-library.js';

/**
 * Returns a header in C and C++ with the ids of a type library and of what is in it, its
 * enumerations, and a constant `DISPID_CLASS_MEMBER` for each member. A program that makes an
 * `EXTERN_C const GUID` of its own from them defines `INITGUID` in one of its files.
 *
 * @throws TypeError - As `idlOf`.
 */
export function headerOf(library: TypeLibraryDescription): string {
  const { name, libid, classes, enumerations } = contentsOf(library);
  const guard = `${name.toUpperCase()}_TYPE_LIBRARY_H`;
  const lines = [
    `#ifndef ${guard}`,
    `#define ${guard}`,
    '',
    '#include <guiddef.h>',
    '',
    guidLine(`LIBID_${name}`, libid),
    ...classes.flatMap((one) => [
      ...(one.clsid === null ? [] : [guidLine(`CLSID_${one.name}`, one.clsid)]),
      guidLine(`DIID_${one.interfaceName}`, one.iid),
    ]),
    ...enumerations.flatMap((one) => [
      '',
      `typedef enum ${one.name} {`,
      one.members
        .map((member) => `  ${one.name}_${member.name} = ${constant(member.value)}`)
        .join(',\n'),
      `} ${one.name};`,
    ]),
    ...classes.flatMap((one) => {
      const members = new Map(one.functions.map((member) => [member.name, member.dispid]));
      const lines = [...members].map(
        ([member, dispid]) => `#define DISPID_${one.name}_${member} (${constant(dispid)})`,
      );
      return lines.length === 0 ? [] : ['', ...lines];
    }),
    '',
    '#endif',
  ];
  return `${lines.join('\n')}\n`;
}

/** The lowest number has no literal of its own in C. */
function constant(value: number): string {
  return value === -0x80000000 ? '-2147483647 - 1' : String(value);
}

function guidLine(name: string, id: string): string {
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = id.slice(1, -1).split('-');
  const bytes = (fourth + fifth).match(/../g) ?? [];
  const parts = [first, second, third, ...bytes].map((part) => `0x${part}`);
  return `DEFINE_GUID(${name}, ${parts.join(', ')});`;
}
