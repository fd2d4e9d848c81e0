import type { PlainThreadToken } from '#lib/verify/scene/observation.js';

import { Program } from './program.js';

/**
 * Runs test/interop/programs/witness.cpp. It sees the tokens of threads, and shares no code with
 * the addon.
 */
export class NativeWitness implements AsyncDisposable {
  readonly #program: Program;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(program: Program) {
    this.#program = program;
  }

  static async start(): Promise<NativeWitness> {
    return new NativeWitness(await Program.start('witness'));
  }

  /**
   * Looks at a thread. The looks run one after another, because the answers contain no thread id.
   */
  look(threadId: number): Promise<PlainThreadToken> {
    const seen = this.#last.then(async () => {
      this.#program.tell(String(threadId));
      return plainThreadToken(await this.#program.nextLine());
    });
    this.#last = seen.catch(() => undefined);
    return seen;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program.end();
  }
}

const errorNames: Record<number, string> = {
  87: 'ERROR_INVALID_PARAMETER',
  1008: 'ERROR_NO_TOKEN',
  1347: 'ERROR_CANT_OPEN_ANONYMOUS',
};

function plainThreadToken(line: string): PlainThreadToken {
  const [state, ...parts] = line.split(' ');
  const time = Number(parts.pop());
  const nothing = {
    ...{ error: null, type: null, level: null },
    ...{ tokenId: null, modifiedId: null, authenticationId: null, user: null, time },
  };
  if (state === 'present') {
    const [type, level = '', tokenId = '', modifiedId = '', user = ''] = parts;
    return {
      ...nothing,
      state,
      type: type === 'primary' ? 'primary' : 'impersonation',
      level: level === 'none' ? null : level,
      tokenId,
      modifiedId,
      user,
    };
  }
  if (state !== 'absent' && state !== 'anonymous' && state !== 'unknown') {
    throw new Error(`the witness wrote an unknown line: ${line}`);
  }
  const code = Number(parts.pop());
  const name = errorNames[code] ?? String(code);
  return { ...nothing, state, error: { code, name, function: parts[0] ?? 'OpenThreadToken' } };
}
