import type { Type } from '../value/types.js';

/** A parameter of a method, or of a property that takes arguments. */
export interface ParameterDescription {
  readonly name: string;
  readonly type: Type;
  readonly optional: boolean;
  /** What the handler gets if the argument is left out. `undefined` if there is no default. */
  readonly defaultValue: unknown;
  readonly byReference: boolean;
}

/** A member of a class, as clients see it. */
export interface MemberDescription {
  readonly name: string;
  /** The number by which clients call it. 0 is the default member, −4 the enumerator. */
  readonly dispid: number;
  readonly kind: 'method' | 'property';
  /** `null` if the member is not typed: it then takes any number of VARIANTs. */
  readonly parameters: readonly ParameterDescription[] | null;
  /** Of the result or of the property. `null` for a method that returns nothing. */
  readonly type: Type | null;
  /** Whether a property can be read. `false` for a method. */
  readonly readable: boolean;
  /** Whether a property can be written. `false` for a method. */
  readonly writable: boolean;
  /** What tools show for the member. Empty if there is nothing. */
  readonly help: string;
  /** Whether tools leave the member out of their lists. */
  readonly hidden: boolean;
}

/** A COM class: what its clients can call, and what a type library says of it. */
export interface ClassDescription {
  /** The name of the class in a type library: an identifier. */
  readonly name: string;
  /** What tools show for the class. Empty if there is nothing. */
  readonly help: string;
  /** The id of the class. `null` for objects that no client can create. */
  readonly clsid: string | null;
  /** The id of the interface (a dispinterface) that the objects have. */
  readonly iid: string;
  readonly members: readonly MemberDescription[];
}
