import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** The .NET programs of test/interop/dotnet, and the folders where scripts/setup builds them. */
const folders = {
  sample: 'programs',
  client: 'programs',
  server: 'programs',
  automation: 'programs',
  powershell: 'powershell',
} as const;

export type DotnetProgram = keyof typeof folders;

/** Returns the path of a .NET program, without `.exe`. */
export function dotnetProgram(name: DotnetProgram): string {
  return resolve('.cache/dotnet', folders[name], `dotnet_${name}`);
}

/** Returns why the .NET programs cannot run here, or `undefined` if they can. */
export function whyNoDotnet(): string | undefined {
  const reason = process.env['ASYNC_COM_WITHOUT_DOTNET'];
  if (reason !== undefined) return reason;
  const built = Object.keys(folders).every((name) =>
    existsSync(`${dotnetProgram(name as DotnetProgram)}.exe`),
  );
  return built ? undefined : 'the .NET programs are not built: run `npm run build:dotnet`';
}
