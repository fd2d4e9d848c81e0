import { requireObject } from '../errors/arguments.js';
import { native } from '../native/addon.js';
import { requireClsid, requireProgId } from '../value/identifiers.js';
import type { Value } from '../value/value.js';
import type { Method, Property } from './members.js';
import { kindOfClass, kindOfFunctions, type ObjectKind, type ServerClass } from './object-kind.js';
import type { ServerCall } from './server-call.js';

/**
 * A function that answers one method of a server. Its result is what the function returns, or the
 * value of the promise that it returns. If it throws or the promise rejects, the client gets an
 * error with the same message. Its HRESULT is the error's `hresult`, as a {@link ComError} has one,
 * or otherwise `E_FAIL`. If the result cannot be sent, the HRESULT is `DISP_E_TYPEMISMATCH`.
 *
 * @param call - The call.
 * @param args - The arguments that the client sent, in their order. Their number and their types are
 *   not checked: a client can send any {@link Value}. Only a call with more than 10,000 arguments does
 *   not reach the handler: the client gets `DISP_E_BADPARAMCOUNT`. (An array has no such limit.)
 * @returns The result that the client gets, or a promise of it.
 * @example
 * const add: Handler = (call, a: number, b: number) => a + b;
 */
export type Handler = (call: ServerCall, ...args: never[]) => Value | void | Promise<Value | void>;

/** The options of {@link createServer}. */
export interface ServerOptions {
  /** The CLSID of the class that clients activate, in braces. */
  readonly clsid: string;

  /**
   * The handlers, by the names of their methods. Clients must use a name exactly as it is written
   * here. Only late-bound clients may write it in other letters, upper or lower case. For them the
   * order counts, too: the first method has DISPID 1, the second DISPID 2, unless {@link method} gives
   * them others. Either `methods` and {@link properties}, or {@link class}.
   */
  readonly methods?: Readonly<Record<string, Handler | Method>>;

  /**
   * The properties, by their names, made by {@link property}. They follow the methods. A client of
   * `IMethodCall` reads a property by calling `get_name`, and writes it by calling `put_name`, unless
   * a method has that name.
   */
  readonly properties?: Readonly<Record<string, Property>>;

  /**
   * A class. Each object that a client creates is an object of it, made without arguments. Clients
   * call its methods, which get the {@link ServerCall} as their first argument, and use its
   * accessors. They see nothing else: no private (`#`) member, no symbol, and nothing that every
   * object has. (`private` of TypeScript hides nothing at run time.) A static property
   * {@link automation} can say more. When its last client has released an object, its
   * `Symbol.asyncDispose` or `Symbol.dispose` is called.
   */
  readonly class?: ServerClass;

  /**
   * Makes the object for a client that creates one, in place of `new class()`. It may always return
   * the same object. If it throws or rejects, the client gets the HRESULT of the error.
   */
  readonly create?: (call: ServerCall) => object | Promise<object>;

  /** The member that an automation client means if it names none. For `methods` and `properties`. */
  readonly defaultMember?: string;

  /** What tools show for the class. For `methods` and `properties`. */
  readonly help?: string;

  /**
   * The ProgID: a name that clients may use instead of the CLSID, with a full stop and at most 39
   * characters. {@link register} registers it with a version and without one: `'Acme.Files.2'` also
   * as `'Acme.Files'`, and `'Acme.Files'`, which is version 1, also as `'Acme.Files.1'`. Default:
   * no ProgID.
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/com/-progid--key
   */
  readonly progId?: string;

  /**
   * The server's name. Clients get it as {@link ComError.source} when a handler fails, and tools
   * show it for the class. Default: the ProgID, or the CLSID if there is no ProgID.
   */
  readonly name?: string;

  /**
   * The highest number of calls that may wait for their answer at the same time: a whole number
   * from 1 to 400. Default 256. A further caller gets `RPC_E_SERVERCALL_RETRYLATER` at once. It
   * does not wait, because calls that wait for each other in a queue could deadlock. (Together with
   * calls whose Begin_ still runs after the answer, there may be 400 calls at most.)
   */
  readonly maxCalls?: number;

  /**
   * Whether Begin_ stays on its thread until the handler has settled. The handler can then use that
   * thread, for example to impersonate the client. Default `true`. Use `false` for handlers that
   * need no thread.
   */
  readonly holdBegin?: boolean;

  /**
   * Whether the server has a call object for asynchronous calls. Default `true`. With `false`, the
   * server has only the synchronous method, and COM makes every call a synchronous one, over the
   * bridge. That is for tests of clients.
   */
  readonly callObject?: boolean;
}

/**
 * Checks the options of a server.
 *
 * @throws TypeError - When an option is wrong. The message names it.
 */
export function requireOptions(options: ServerOptions): void {
  requireObject(options);
  requireClsid(options.clsid, 'options.clsid');
  requireMembers(options);
  if (options.progId !== undefined) requireProgId(options.progId, 'options.progId');
  if (options.name !== undefined && typeof options.name !== 'string') {
    throw new TypeError('options.name must be a string');
  }
  const { maxCalls } = options;
  const most = native.mostCallsInProgress;
  if (
    maxCalls !== undefined &&
    !(Number.isInteger(maxCalls) && maxCalls >= 1 && maxCalls <= most)
  ) {
    throw new TypeError(`options.maxCalls must be a whole number from 1 to ${String(most)}`);
  }
  for (const name of ['holdBegin', 'callObject'] as const) {
    if (options[name] !== undefined && typeof options[name] !== 'boolean') {
      throw new TypeError(`options.${name} must be a boolean`);
    }
  }
}

function requireMembers(options: ServerOptions): void {
  const {
    methods,
    properties,
    class: objectClass,
    create,
  }: Record<string, unknown> = { ...options };
  if (objectClass !== undefined) {
    if (methods !== undefined || properties !== undefined) {
      throw new TypeError('options.class cannot be given together with methods or properties');
    }
    // An arrow function has no prototype, and so no members.
    if (typeof objectClass !== 'function' || !Object.hasOwn(objectClass, 'prototype')) {
      throw new TypeError('options.class must be a class');
    }
    for (const name of ['help', 'defaultMember'] as const) {
      if (options[name] !== undefined) {
        throw new TypeError(`options.${name} is not for a class: its [automation] says it`);
      }
    }
    if (create !== undefined && typeof create !== 'function') {
      throw new TypeError('options.create must be a function');
    }
    return;
  }
  if (create !== undefined) throw new TypeError('options.create needs options.class');
  if (methods === undefined && properties === undefined) {
    throw new TypeError('options.methods must be an object whose properties are functions');
  }
  for (const [name, members] of Object.entries({ methods, properties })) {
    // A Map or an array is refused: its members are not its properties.
    if (
      members !== undefined &&
      (typeof members !== 'object' || members === null || Symbol.iterator in members)
    ) {
      throw new TypeError(
        `options.${name} must be an object whose properties are ` +
          (name === 'methods' ? 'functions' : 'made by property()'),
      );
    }
  }
}

/** Returns the kind of the objects that clients create. */
export function kindOf(options: ServerOptions, name: string): ObjectKind {
  const { class: objectClass, clsid, help, defaultMember } = options;
  if (objectClass !== undefined) {
    return kindOfClass({ name: objectClass.name, clsid, creatable: true }, objectClass);
  }
  const identity = { name: nameForTools(name), clsid, creatable: true };
  return kindOfFunctions(
    identity,
    { ...(help !== undefined && { help }), ...(defaultMember !== undefined && { defaultMember }) },
    options.methods ?? {},
    options.properties ?? {},
  );
}

/** The last part of a ProgID, if it can be a name in a type library. */
function nameForTools(name: string): string {
  const [last = ''] = name
    .split('.')
    .filter((part) => /^[A-Za-z_]\w*$/.test(part))
    .slice(-1);
  return last === '' ? 'Server' : last;
}
