import { resolve } from 'node:path';

import { register, type RegisterOptions, unregister } from 'async-com';

import { perMachine } from './registered-module.js';

/** A module of examples/, registered as its README says. */
export class RegisteredExample implements AsyncDisposable {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /** @param name - The file of the module, in examples/. */
  static async register(name: string, options: RegisterOptions = {}): Promise<RegisteredExample> {
    const path = resolve('examples', name);
    await register(path, { perMachine, proxyStub: false, ...options });
    return new RegisteredExample(path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await unregister(this.#path, { perMachine });
  }
}
