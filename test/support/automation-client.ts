import { Program } from './program.js';
import { textOf } from './variant-words.js';

/** The flags of `IDispatch::Invoke`. */
export const flags = { method: 1, get: 2, put: 4, putRef: 8 } as const;

/** DISPIDs that automation has given a meaning. */
export const dispids = { value: 0, propertyPut: -3, newEnum: -4, unknown: -1 } as const;

/** What a call by `IDispatch::Invoke` has given. */
export interface Invoked {
  readonly hresult: string;
  readonly result: string;
  /** `puArgErr`. `null` if it was not set. */
  readonly wrong: number | null;
  /** What the references refer to after the call. `-` for an argument that is none. */
  readonly args: readonly string[];
  readonly scode: string;
  readonly source: string;
  readonly description: string;
  readonly helpFile: string;
  readonly helpContext: number;
  /** The description of the `IErrorInfo` of the client's thread. `null` if there is none. */
  readonly errorInfo: string | null;
}

export interface InvokeOptions {
  readonly object?: number;
  readonly flags?: number;
  readonly lcid?: number;
  /** The DISPIDs of the first arguments. */
  readonly named?: readonly number[];
}

/** A running test/interop/programs/automation_client.cpp. Its object 0 is one of the class. */
export class AutomationClient implements AsyncDisposable {
  readonly #program: Program;

  private constructor(program: Program) {
    this.#program = program;
  }

  /** @throws ProgramFailure - The client cannot create an object. */
  static async start(clsid: string): Promise<AutomationClient> {
    return new AutomationClient(await Program.start('automation_client', clsid));
  }

  /** Sends a command, and returns what the answer says by its names. */
  ask(...command: readonly (string | number)[]): Promise<Partial<Record<string, string>>> {
    this.#program.tell(command.join(' '));
    return this.#answer();
  }

  /** Returns the HRESULT of a command. */
  async hresult(...command: readonly (string | number)[]): Promise<string> {
    return (await this.ask(...command))['hr'] ?? '';
  }

  /** Sends a command whose answer has an object, and returns the number of the object. */
  async object(...command: readonly (string | number)[]): Promise<number> {
    const { hr = '', object = '' } = await this.ask(...command);
    if (object === '') throw new Error(`${command.join(' ')}: ${hr}`);
    return Number(object);
  }

  async names(object: number, ...names: string[]): Promise<{ hresult: string; ids: number[] }> {
    const { hr = '', ids = '' } = await this.ask('names', object, ...names);
    return { hresult: hr, ids: ids.split(',').map(Number) };
  }

  /** Calls a member. The arguments are in the order of DISPPARAMS: the last one first. */
  async invoke(
    dispid: number,
    args: readonly string[] = [],
    options: InvokeOptions = {},
  ): Promise<Invoked> {
    this.begin(dispid, args, options);
    return this.#invoked();
  }

  /** Calls a member, and does not wait for the answer. */
  begin(dispid: number, args: readonly string[] = [], options: InvokeOptions = {}): void {
    const { object = 0, flags: kind = flags.method, lcid = 0, named = [] } = options;
    const names = named.length === 0 ? '-' : named.join(',');
    this.#program.tell(['invoke', object, dispid, kind, lcid, names, ...args].join(' '));
  }

  /** Returns the number of an object in words, such as `object:3`. */
  static numberOf(words: string): number {
    return Number(words.slice(words.indexOf(':') + 1));
  }

  /** Ends the process at once, as a crash does. */
  kill(): void {
    this.#program.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]();
  }

  async #invoked(): Promise<Invoked> {
    const found = await this.#answer();
    const { hr = '', result = '', wrong = '-', args = '', scode = '', context = '' } = found;
    return {
      hresult: hr,
      result,
      wrong: wrong === '-' ? null : Number(wrong),
      args: args === '' ? [] : args.split(';'),
      scode,
      source: textOf(found['source'] ?? ''),
      description: textOf(found['description'] ?? ''),
      helpFile: textOf(found['help'] ?? ''),
      helpContext: Number(context),
      errorInfo: found['info'] === '-' ? null : textOf(found['info'] ?? ''),
    };
  }

  async #answer(): Promise<Partial<Record<string, string>>> {
    const line = await this.#program.nextLine();
    if (line.startsWith('failed=')) throw new Error(line);
    return Object.fromEntries(
      line.split(' ').map((part) => {
        const equals = part.indexOf('=');
        return [part.slice(0, equals), part.slice(equals + 1)];
      }),
    );
  }
}
