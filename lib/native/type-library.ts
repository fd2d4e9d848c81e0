// What native/node/type_library.cpp reads and returns.

/** A type: a `VARENUM`, with `VT_ARRAY` for a SAFEARRAY. */
export interface NativeLibraryType {
  readonly vartype: number;
  /** The name of an enumeration of the library, whose numbers are the values. */
  readonly enumeration: string | null;
}

export interface NativeParameter {
  readonly name: string;
  readonly type: NativeLibraryType;
  readonly byReference: boolean;
  readonly optional: boolean;
  readonly defaultValue: string | number | boolean | undefined;
}

/** One function of an interface. A property has one for each way to use it. */
export interface NativeFunction {
  readonly name: string;
  readonly dispid: number;
  readonly kind: 'method' | 'get' | 'put' | 'putref';
  /** The last one of `put` and `putref` is what is assigned. */
  readonly parameters: readonly NativeParameter[];
  /** Whether the last parameter is an array of any number of arguments. */
  readonly vararg: boolean;
  readonly returns: NativeLibraryType | null;
  readonly help: string;
  readonly hidden: boolean;
  readonly restricted: boolean;
}

export interface NativeClass {
  readonly name: string;
  /** `null` if the library has only the interface. */
  readonly clsid: string | null;
  readonly interfaceName: string;
  readonly iid: string;
  readonly help: string;
  readonly functions: readonly NativeFunction[];
}

export interface NativeEnumeration {
  readonly name: string;
  readonly id: string;
  readonly members: readonly { readonly name: string; readonly value: number }[];
}

/** The contents of a type library. */
export interface NativeTypeLibrary {
  readonly name: string;
  readonly libid: string;
  readonly major: number;
  readonly minor: number;
  readonly lcid: number;
  readonly help: string;
  readonly enumerations: readonly NativeEnumeration[];
  readonly classes: readonly NativeClass[];
}

/** What a type library's file says of itself, as far as the registry has it. */
export interface NativeTypeLibraryFile {
  readonly libid: string;
  readonly major: number;
  readonly minor: number;
  readonly lcid: number;
  /** The `LIBFLAGS`. */
  readonly flags: number;
  readonly name: string;
  /** What tools show for the library. Empty if there is nothing. */
  readonly help: string;
  /** The CLSIDs of its classes. */
  readonly classes: readonly string[];
  /** The interfaces that automation can marshal: those with a dispinterface, and `oleautomation`. */
  readonly interfaces: readonly { readonly iid: string; readonly name: string }[];
}
