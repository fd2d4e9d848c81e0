import { valueOf } from '../errors/outcome.js';
import { native } from '../native/addon.js';
import type { NativeRemoteObject } from '../native/client.js';
import { objectFunctions } from '../native/value-functions.js';
import { remoteObjectOf, type RemoteReference } from '../value/com-object.js';
import { type Blanket, blanketOf } from '../security/blanket.js';
import { type BlanketOptions, nativeBlanketOptions } from '../security/blanket-options.js';
import type { Value } from '../value/value.js';
import { activate, type ConnectOptions } from './activate.js';
import { type CallOptions, requireCallOptions, settled } from './call-options.js';

/** What a client does with a member: the flags of `IDispatch::Invoke`. */
const flags = { call: 1 | 2, get: 2, set: 4, setReference: 8 } as const;

/** How many elements are asked for at a time. */
const elementsAtATime = 64;

/**
 * An object of automation that this process calls: one that {@link createObject} has made, or one that
 * came in a value. Its class can be written in any language. Release it when it is no longer needed;
 * otherwise it is released when it is collected.
 *
 * Calls are late bound (`IDispatch`), which has no asynchronous form: a call holds a thread until its
 * reply arrives. The JavaScript thread does not wait. A call that is cancelled ends here, and the
 * server is not told.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/api/oaidl/nn-oaidl-idispatch
 * @example
 * using counter = await createObject('Acme.Counter');
 * await counter.call('add', 5);
 */
export class RemoteObject implements RemoteReference {
  readonly #native: NativeRemoteObject;

  /** @internal */
  constructor(object: NativeRemoteObject) {
    this.#native = object;
  }

  /** @internal */
  get [remoteObjectOf](): NativeRemoteObject {
    return this.#native;
  }

  /**
   * Calls a method, or reads a property if the member is one. Upper and lower case are the same.
   *
   * @param method - The name of the member, or the name with options. An empty name is the default
   *   member.
   * @param args - The arguments.
   * @returns What the member returned. Release the objects in it.
   * @throws TypeError - When an argument cannot be sent, or an option is wrong. The message names it.
   * @throws ComError - With `origin` `'handler'`, the error that the server raised. With `origin`
   *   `'call'`, another reason: `DISP_E_UNKNOWNNAME` if there is no such member,
   *   `CO_E_OBJNOTCONNECTED` if this object was released, `RPC_E_CALL_CANCELED` if the call was
   *   cancelled.
   * @example
   * await counter.call('add', 5);
   */
  async call(method: string | CallOptions, ...args: Value[]): Promise<Value> {
    return this.#invoke(method, flags.call, args);
  }

  /**
   * Reads a property.
   *
   * @param property - Its name, or the name with options. An empty name is the default member.
   * @param args - The arguments of a property that has some.
   * @returns The value.
   * @throws TypeError - As {@link call}.
   * @throws ComError - As {@link call}.
   */
  async get(property: string | CallOptions, ...args: Value[]): Promise<Value> {
    return this.#invoke(property, flags.get, args);
  }

  /**
   * Writes a property.
   *
   * @param property - Its name, or the name with options. An empty name is the default member.
   * @param args - The arguments of a property that has some, and then the value.
   * @throws TypeError - As {@link call}.
   * @throws ComError - As {@link call}.
   */
  async set(property: string | CallOptions, ...args: [...Value[], Value]): Promise<void> {
    await this.#invoke(property, flags.set, args);
  }

  /** Does the same as {@link set} with an object as the value, as `Set` of Visual Basic does. */
  async setReference(property: string | CallOptions, ...args: [...Value[], Value]): Promise<void> {
    await this.#invoke(property, flags.setReference, args);
  }

  /** The elements of a collection: what `For Each` of Visual Basic goes through. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Value, void> {
    using enumerator = (await this.#invoke('_NewEnum', flags.call, [])) as RemoteObject;
    for (;;) {
      const elements = (await settled({}, () =>
        enumerator.#native.next(elementsAtATime),
      )) as Value[];
      yield* elements;
      if (elements.length < elementsAtATime) return;
    }
  }

  /**
   * Sets the security of later calls. See {@link Connection.setBlanket}.
   *
   * @param blanket - The settings to change.
   * @throws TypeError - When a setting is wrong. The message names it.
   * @throws ComError - When COM refuses the blanket.
   */
  async setBlanket(blanket: BlanketOptions): Promise<void> {
    valueOf(await this.#native.setBlanket(nativeBlanketOptions(blanket, 'blanket')));
  }

  /**
   * Returns the security settings of the calls. See {@link Connection.queryBlanket}.
   *
   * @throws ComError - When COM does not tell.
   */
  async queryBlanket(): Promise<Blanket> {
    return blanketOf(valueOf(await this.#native.queryBlanket()));
  }

  /** Releases the object. Calls in progress are still answered. Later calls fail. */
  release(): void {
    this.#native.release();
  }

  /** Calls {@link release}. */
  [Symbol.dispose](): void {
    this.release();
  }

  async #invoke(member: string | CallOptions, how: number, args: readonly Value[]): Promise<Value> {
    if (typeof member === 'string')
      return settled({}, () => this.#native.invoke(member, how, args));
    const options = requireCallOptions(member);
    const { method, blanket } = options;
    const blanketToSet =
      blanket === undefined ? undefined : nativeBlanketOptions(blanket, 'options.blanket');
    return settled(options, () => this.#native.invoke(method, how, args, blanketToSet));
  }
}

objectFunctions.makeRemote = (object) => new RemoteObject(object);

/**
 * Makes an object of a class of automation, on this computer or on another one: what `CreateObject`
 * of Visual Basic does for a class in a server of its own process (a local server).
 *
 * @param name - The CLSID in braces, or the ProgID. A ProgID is looked up on this computer.
 * @param options - On which computer the server is, and the security of calls.
 * @returns The object.
 * @throws TypeError - As {@link connect}.
 * @throws ComError - As {@link connect}. Also `E_NOINTERFACE`: the class has no `IDispatch`.
 * @throws Error - When COM cannot be used on this system. Its `code` is `'ERR_ASYNC_COM_PLATFORM'`.
 * @example
 * using counter = await createObject('Acme.Counter');
 * await counter.set('count', 40);
 */
export async function createObject(
  name: string,
  options: ConnectOptions = {},
): Promise<RemoteObject> {
  return new RemoteObject(await activate((...args) => native.createObject(...args), name, options));
}
