/**
 * Makes a command line for Windows from a program and its arguments. `CommandLineToArgvW` and C's
 * `main` give the program exactly these arguments.
 *
 * @see https://learn.microsoft.com/en-us/cpp/c-language/parsing-c-command-line-arguments
 */
export function commandLineOf(program: string, args: readonly string[]): string {
  // The program is always in quotation marks: Windows would try parts of a path with spaces.
  return [`"${program}"`, ...args.map(quoted)].join(' ');
}

/** Quotes an argument. Only backslashes before a quotation mark must be doubled. */
function quoted(argument: string): string {
  if (argument !== '' && !/[\s"]/.test(argument)) return argument;
  return `"${argument.replace(/(\\*)("|$)/g, (_, slashes: string, mark: string) => slashes + slashes + (mark && '\\"'))}"`;
}

/** Splits a command line into the program and the arguments, as the program gets them. */
export function argumentsOf(commandLine: string): string[] {
  const [program, rest] = splitProgram(commandLine);
  const args: string[] = [];
  let argument: string | undefined;
  let inQuotes = false;
  for (let at = 0; at < rest.length;) {
    const [slashes = ''] = /^\\*/.exec(rest.slice(at)) ?? [];
    at += slashes.length;
    const next = rest[at];
    if (next === '"') {
      argument = (argument ?? '') + '\\'.repeat(slashes.length >> 1);
      if (slashes.length % 2 === 1) argument += '"';
      else if (inQuotes && rest[at + 1] === '"') {
        argument += '"';
        ++at;
      } else inQuotes = !inQuotes;
      ++at;
      continue;
    }
    if (slashes !== '') argument = (argument ?? '') + slashes;
    if (next === undefined) break;
    if (!inQuotes && (next === ' ' || next === '\t')) {
      if (argument !== undefined) args.push(argument);
      argument = undefined;
    } else argument = (argument ?? '') + next;
    ++at;
  }
  if (argument !== undefined) args.push(argument);
  return [program, ...args];
}

/** Splits off the program. A backslash in the program's path does not quote anything. */
function splitProgram(commandLine: string): [program: string, rest: string] {
  const [all = '', inQuotes, bare]: (string | undefined)[] =
    /^\s*(?:"([^"]*)"?|(\S*))/.exec(commandLine) ?? [];
  return [inQuotes ?? bare ?? '', commandLine.slice(all.length)];
}
