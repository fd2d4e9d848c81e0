import type {
  ClassDescription,
  MemberDescription,
  ParameterDescription,
} from '#lib/automation/description.js';
import { t, type Type } from '#lib/value/types.js';

export const parameter = (
  name: string,
  type: Type,
  more: Partial<ParameterDescription> = {},
): ParameterDescription => ({
  name,
  type,
  optional: false,
  defaultValue: undefined,
  byReference: false,
  ...more,
});

export const method = (
  name: string,
  dispid: number,
  more: Partial<MemberDescription> = {},
): MemberDescription => ({
  name,
  dispid,
  kind: 'method',
  parameters: [],
  type: null,
  readable: false,
  writable: false,
  help: '',
  hidden: false,
  ...more,
});

export const property = (
  name: string,
  dispid: number,
  type: Type,
  more: Partial<MemberDescription> = {},
): MemberDescription =>
  method(name, dispid, { kind: 'property', type, readable: true, writable: true, ...more });

const mode = t.enumeration('Mode', { read: 1, write: 2, both: -1 });

/** A class that uses everything that a type library can say of one. */
export const files: ClassDescription = {
  name: 'Files',
  help: 'Files and their "lines"',
  clsid: '{6F1D3C52-8E0B-4A57-9C4D-2B7E5A90C311}',
  iid: '{6F1D3C52-8E0B-4A57-9C4D-2B7E5A90C312}',
  members: [
    property('item', 0, t.string, {
      parameters: [parameter('index', t.int32)],
      help: 'A line',
    }),
    method('_NewEnum', -4, { type: t.object }),
    method('open', 1, {
      parameters: [
        parameter('path', t.string),
        parameter('mode', mode, { optional: true, defaultValue: 1 }),
        parameter('limit', t.float64, { optional: true, defaultValue: -0.5 }),
        parameter('encoding', t.string, { optional: true, defaultValue: 'a "b" \\ c' }),
        parameter('locked', t.boolean, { optional: true, defaultValue: true }),
        parameter('owner', t.object, { optional: true }),
      ],
      type: t.boolean,
      help: 'Opens a file',
    }),
    method('close', 2),
    method('anything', 3, { parameters: null, type: t.variant, help: 'Takes what it gets' }),
    method('exchange', 4, {
      parameters: [
        parameter('text', t.string, { byReference: true }),
        parameter('any', t.variant, { byReference: true }),
        parameter('list', t.array(t.int32), { byReference: true }),
      ],
    }),
    method('numbers', 5, {
      parameters: [
        parameter('i1', t.int8),
        parameter('u1', t.uint8),
        parameter('i2', t.int16),
        parameter('u2', t.uint16),
        parameter('i4', t.int32),
        parameter('u4', t.uint32),
        parameter('i8', t.int64),
        parameter('u8', t.uint64),
        parameter('r4', t.float32),
        parameter('r8', t.float64),
      ],
      type: t.array(t.float64, 2),
    }),
    method('others', 6, {
      parameters: [
        parameter('money', t.currency),
        parameter('exact', t.decimal),
        parameter('when', t.date),
        parameter('failure', t.error),
        parameter('flag', t.boolean),
        parameter('any', t.variant),
        parameter('one', t.object),
        parameter('names', t.array(t.string)),
        parameter('modes', t.array(mode)),
      ],
      type: t.date,
    }),
    method('defaults', 7, {
      parameters: [
        parameter('i2', t.int16, { optional: true, defaultValue: -2 }),
        parameter('i4', t.int32, { optional: true, defaultValue: -2147483648 }),
        parameter('u1', t.uint8, { optional: true, defaultValue: 255 }),
        parameter('u2', t.uint16, { optional: true, defaultValue: 65535 }),
        parameter('u4', t.uint32, { optional: true, defaultValue: 4294967295 }),
        parameter('r4', t.float32, { optional: true, defaultValue: 1.5 }),
        parameter('off', t.boolean, { optional: true, defaultValue: false }),
        parameter('none', t.string, { optional: true, defaultValue: '' }),
        parameter('i8', t.int64, { optional: true, defaultValue: 1n }),
        parameter('any', t.variant, { optional: true, defaultValue: 5 }),
      ],
    }),
    property('count', 8, t.int32, { writable: false, help: 'How many lines' }),
    property('secret', 9, t.string, { readable: false, hidden: true }),
    property('mode', 10, mode),
    property('parent', 11, t.object),
    property('tag', 12, t.variant),
    property('list', 13, t.array(t.variant)),
  ],
};

/** A class whose objects no client can create. It uses the same enumeration. */
export const line: ClassDescription = {
  name: 'Line',
  help: '',
  clsid: null,
  iid: '{6F1D3C52-8E0B-4A57-9C4D-2B7E5A90C313}',
  members: [method('set', 1, { parameters: [parameter('mode', mode)] })],
};
