/**
 * A command line for Windows from a program and its arguments, so that the program gets exactly
 * these: what `CommandLineToArgvW` and C's `main` make of it.
 *
 * @see https://learn.microsoft.com/en-us/cpp/c-language/parsing-c-command-line-arguments
 */
export function commandLineOf(program: string, args: readonly string[]): string {
  // Always in quotation marks: a program's path with spaces would be tried in pieces.
  return [`"${program}"`, ...args.map(quoted)].join(' ');
}

/** Backslashes count only before a quotation mark, and there double. */
function quoted(argument: string): string {
  if (argument !== '' && !/[\s"]/.test(argument)) return argument;
  return `"${argument.replace(/(\\*)("|$)/g, (_, slashes: string, mark: string) => slashes + slashes + (mark && '\\"'))}"`;
}

/** The program and the arguments of a command line, as the program sees them. */
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

/** In the program's own name a backslash is a backslash. */
function splitProgram(commandLine: string): [program: string, rest: string] {
  const [all = '', inQuotes, bare]: (string | undefined)[] =
    /^\s*(?:"([^"]*)"?|(\S*))/.exec(commandLine) ?? [];
  return [inQuotes ?? bare ?? '', commandLine.slice(all.length)];
}
