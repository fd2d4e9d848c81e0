// Microsoft's Windows SDK: its headers and its IDL compiler, midl.exe. `dotnet restore` downloads the
// package from NuGet into .cache. Nothing of it is in git or in async-com's package.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { runCommand } from '../common/command.mjs';
import { inCache } from '../common/project.mjs';
import { runStep, SetupError } from '../common/step.mjs';

const kPackage = 'Microsoft.Windows.SDK.CPP';
const kVersion = '10.0.26100.9169';
/** The hash that NuGet computes of the package. */
const kHash =
  'MqsFt32HBBS/8VDK3Z0SlLFqWtm4wwZjZ8laUqJGRw6iboobY7LV7CZXjzs1xPzhbZNQEkGpvid/6+ajttO8Sg==';
/** The SDK's own name for the version of its headers. */
const kHeaders = '10.0.26100.0';

/** The folders of headers that are used, in the order in which a compiler searches them. */
const kIncludes = ['ucrt', 'um', 'shared', 'winrt'];

/** The compiler that reads the SDK's headers. */
export const kClang = 'clang-19';

const kFolder = inCache('microsoft-sdk');
const kStamp = join(kFolder, '.set-up');

export const sdk = {
  version: kVersion,
  includes: kIncludes.map((name) => join(kFolder, 'include', name)),
  /** A file by which clang finds the headers, whose names Microsoft writes in any case. */
  overlay: join(kFolder, 'overlay.json'),
  midl: join(kFolder, 'bin', 'midl.exe'),
};

/** Returns why this machine cannot restore the SDK, or undefined if it can. */
export function whyNoMicrosoftSdk() {
  const { error } = spawnSync('dotnet', ['--version']);
  return error && 'dotnet, which restores it from NuGet, is not on the PATH';
}

/** Returns why a test cannot use the SDK, or undefined if it can. Tests do not download it. */
export function whyMicrosoftSdkIsNotReady() {
  const reason = whyNoMicrosoftSdk();
  if (reason) return reason;
  const ready = existsSync(kStamp) && !spawnSync(kClang, ['--version']).error;
  return ready ? undefined : '`npm run check:sdk`, which restores it, was not run yet';
}

/** Restores the SDK. */
export function restoreMicrosoftSdk() {
  const reason = whyNoMicrosoftSdk();
  if (reason) {
    throw new SetupError("Microsoft's Windows SDK", reason, 'Install the .NET SDK, 8 or newer.');
  }
  return runStep({
    name: `Windows SDK ${kVersion} (NuGet package ${kPackage}, 160 MB)`,
    stamp: kStamp,
    settings: { kFolder, kHash },
    advice: 'See what dotnet says above. Is nuget.org reachable? Then run the same command again.',
    async work() {
      rmSync(kFolder, { recursive: true, force: true });
      const partial = join(kFolder, 'partial');
      const restored = await restore(partial);
      mkdirSync(join(kFolder, 'include'));
      for (const [place, name] of kIncludes.entries()) {
        renameSync(join(restored, 'c', 'Include', kHeaders, name), sdk.includes[place] ?? '');
      }
      renameSync(join(restored, 'c', 'bin', kHeaders, 'x64'), join(kFolder, 'bin'));
      rmSync(partial, { recursive: true });
      writeFileSync(sdk.overlay, JSON.stringify(overlay()));
    },
  });
}

/**
 * @param {string} folder
 * @returns {Promise<string>} the folder of the package
 */
async function restore(folder) {
  mkdirSync(folder, { recursive: true });
  const project = join(folder, 'sdk.csproj');
  writeFileSync(
    project,
    `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net8.0</TargetFramework>
    <DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>
    <UseAppHost>false</UseAppHost>
  </PropertyGroup>
  <ItemGroup>
    <PackageDownload Include="${kPackage}" Version="[${kVersion}]" />
  </ItemGroup>
</Project>
`,
  );
  const packages = join(folder, 'packages');
  await runCommand('dotnet', ['restore', project, '--packages', packages], {
    // Everything that dotnet and NuGet write stays in the project's folder.
    env: {
      ...process.env,
      DOTNET_CLI_HOME: join(folder, 'home'),
      DOTNET_CLI_TELEMETRY_OPTOUT: '1',
      DOTNET_NOLOGO: '1',
      NUGET_HTTP_CACHE_PATH: join(folder, 'http'),
    },
  });
  const name = kPackage.toLowerCase();
  const restored = join(packages, name, kVersion);
  const hash = readFileSync(join(restored, `${name}.${kVersion}.nupkg.sha512`), 'utf8').trim();
  if (hash !== kHash) throw new Error(`${kPackage} ${kVersion} has the hash ${hash}, not ${kHash}`);
  return restored;
}

/** Returns clang's description of the headers' folders as folders that ignore case. */
function overlay() {
  return {
    version: 0,
    'case-sensitive': false,
    roots: sdk.includes.map((folder) => described(folder, folder)),
  };
}

/**
 * @param {string} path
 * @param {string} name
 * @returns {object}
 */
function described(path, name) {
  const contents = readdirSync(path, { withFileTypes: true }).map((entry) => {
    const inside = join(path, entry.name);
    return entry.isDirectory()
      ? described(inside, entry.name)
      : { type: 'file', name: entry.name, 'external-contents': inside };
  });
  return { type: 'directory', name, contents };
}
