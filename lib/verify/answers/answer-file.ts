// The file that one run on a host writes: what was seen, and what it answers.
import type { Report } from '../report/report.js';

/** The value of `format`. */
export const answerFormat = 'async-com-answers';

/** The version of the format. It changes when a reader of an earlier version would misread a file. */
export const answerVersion = 1;

/** The answer to one question. */
export interface Answer {
  readonly id: string;
  readonly question: string;

  /** What was seen. `null` if nothing was. */
  readonly answer: string | null;

  /** The path of the calls that were seen: `RuleReport.path`. `null` if there were none. */
  readonly path: string | null;
}

/** What an experiment saw. */
export interface ExperimentReport {
  readonly name: string;

  /** How its process ended: `0`, or the code of a crash as `'0xC0000005'`. */
  readonly exitCode: string;

  /** `null` if it ended before it had written its values. */
  readonly values: Readonly<Record<string, string>> | null;
}

/** What the test suite came to. */
export interface SuiteReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;

  /** The names of the tests that failed, and of those that were skipped, with the reason. */
  readonly failures: readonly string[];
  readonly skips: readonly string[];

  /** When the suite ended, as in ISO 8601. */
  readonly ended: string;
}

/** The versions of what was used. `null` for what is not known. */
export interface Versions {
  readonly addon: string;
  readonly commit: string | null;
  readonly windows: string | null;

  /** `null` on Windows. */
  readonly wine: string | null;
  readonly node: string;
  readonly arch: string;
  readonly compiler: string | null;

  /** The image of a machine of GitHub Actions. */
  readonly image: string | null;
}

/** The contents of an answer file. */
export interface AnswerFile {
  readonly format: typeof answerFormat;
  readonly version: typeof answerVersion;
  readonly versions: Versions;

  /** What failed before something could be seen: a build, a run of `verify` … */
  readonly problems: readonly string[];

  /** The report of `async-com verify`. `null` if there is none. */
  readonly verify: Report | null;
  readonly experiments: readonly ExperimentReport[];
  readonly suite: SuiteReport | null;
  readonly questions: readonly Answer[];
}

type Check = (value: unknown, name: string) => string | null;

/**
 * Parses an answer file.
 *
 * @throws Error - It is not one. The message names the part that is wrong.
 */
export function parseAnswers(text: string): AnswerFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`it is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const wrong = checkHead(value) ?? file(value, '');
  if (wrong !== null) throw new Error(wrong);
  return value as AnswerFile;
}

function checkHead(value: unknown): string | null {
  const { format, version } = (value ?? {}) as { format?: unknown; version?: unknown };
  if (format !== answerFormat) {
    return `it is not an answer file: format must be '${answerFormat}', and is ${inWords(format)}`;
  }
  if (version === answerVersion) return null;
  return `version must be ${String(answerVersion)}, which this async-com reads, and is ${inWords(version)}`;
}

const string: Check = (value, name) =>
  typeof value === 'string' ? null : `${name} must be a string, and is ${inWords(value)}`;
const number: Check = (value, name) =>
  typeof value === 'number' ? null : `${name} must be a number, and is ${inWords(value)}`;
const boolean: Check = (value, name) =>
  typeof value === 'boolean' ? null : `${name} must be true or false, and is ${inWords(value)}`;

function orNull(check: Check): Check {
  return (value, name) => (value === null ? null : check(value, name));
}

function oneOf(...values: readonly string[]): Check {
  return (value, name) =>
    values.includes(value as string)
      ? null
      : `${name} must be one of ${values.join(', ')}, and is ${inWords(value)}`;
}

function list(of: Check): Check {
  return (value, name) =>
    Array.isArray(value)
      ? firstWrong(value.map((one, index) => of(one, `${name}[${String(index)}]`)))
      : `${name} must be an array, and is ${inWords(value)}`;
}

const strings: Check = (value, name) =>
  isObject(value)
    ? firstWrong(Object.entries(value).map(([key, one]) => string(one, `${name}.${key}`)))
    : `${name} must be an object, and is ${inWords(value)}`;

function object(parts: Readonly<Record<string, Check>>): Check {
  return (value, name) =>
    isObject(value)
      ? firstWrong(
          Object.entries(parts).map(([key, check]) =>
            check(value[key], name === '' ? key : `${name}.${key}`),
          ),
        )
      : `${name} must be an object, and is ${inWords(value)}`;
}

const recorded = list(object({ name: string, value: string }));

/** Of an observation only what the reader uses is checked. */
const rule = object({
  id: string,
  verdict: oneOf('holds', 'broken', 'not observable here'),
  reason: orNull(string),
  path: orNull(string),
  observations: list(object({ kind: oneOf('look', 'step') })),
  recorded,
});

const file = object({
  versions: object({
    addon: string,
    commit: orNull(string),
    windows: orNull(string),
    wine: orNull(string),
    node: string,
    arch: string,
    compiler: orNull(string),
    image: orNull(string),
  }),
  problems: list(string),
  verify: orNull(
    object({
      host: object({
        ...{ windows: string, wine: orNull(string) },
        ...{ double: orNull(string), callFactoryOnProxies: boolean },
      }),
      rules: list(rule),
    }),
  ),
  experiments: list(object({ name: string, exitCode: string, values: orNull(strings) })),
  suite: orNull(
    object({
      ...{ passed: number, failed: number, skipped: number },
      ...{ failures: list(string), skips: list(string), ended: string },
    }),
  ),
  questions: list(
    object({ id: string, question: string, answer: orNull(string), path: orNull(string) }),
  ),
});

function firstWrong(found: readonly (string | null)[]): string | null {
  return found.find((one) => one !== null) ?? null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inWords(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' && value !== null ? 'an object' : JSON.stringify(value);
}
