import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { skip } from '../support/skip.js';
import { root } from './scripts.js';

const gyp = path.join(root, 'node_modules/node-gyp');

/** The hook for mingw-w64. With MSVC node-gyp and cmake-js use hooks of their own. */
const mingwOnly = 'native/node/delay_load_hook.cpp';

/** What node-gyp finds on a Windows machine. */
const machine = {
  target_defaults: {
    default_configuration: 'Release',
    configurations: {
      Release: {
        msvs_configuration_platform: 'x64',
        msvs_windows_target_platform_version: '10.0',
      },
    },
  },
  variables: {
    library: 'shared_library',
    module_root_dir: '.',
    node_engine: 'v8',
    node_gyp_dir: gyp,
    node_lib_file: 'node.lib',
    node_root_dir: '.',
    standalone_static_library: 1,
    target_arch: 'x64',
    visibility: 'default',
  },
};

/** What is built, the CMake targets that are linked into it, and one of its sources. */
const targets = [
  ['async_com', ['async_com', 'async_com_core', 'async_com_node'], 'native/node/addon.cpp'],
  ['async_com_ps', ['async_com_ps'], 'native/proxy_stub/dll_entries.cpp'],
] as const;

interface Project {
  text: string;
  sources: string[];
  defines: string[];
}

describe('binding.gyp', function () {
  this.timeout(20_000);
  const text = readFileSync(path.join(root, 'binding.gyp'), 'utf8');
  let folder = '';

  before(function () {
    if (process.platform === 'win32') skip(this, 'CMake lists its commands on Linux only');
    folder = mkdtempSync(path.join(root, '.cache/gyp-test-'));
  });

  after(() => {
    if (folder) rmSync(folder, { recursive: true });
  });

  for (const [target, parts, oneSource] of targets) {
    describe(target, () => {
      it('has the sources that CMake compiles', () => {
        const { sources } = visualStudioProject(folder, text, target);
        assert.deepEqual(sources, cmakeProject(parts).sources);
      });

      it('lacks a source that is left out (control)', () => {
        const { sources } = visualStudioProject(
          folder,
          text.replace(`"${oneSource}",`, ''),
          target,
        );
        const expected = cmakeProject(parts).sources;
        const missing = expected.filter((source) => !sources.includes(source));
        assert.deepEqual(missing, [oneSource]);
      });

      it('has the definitions that CMake has', () => {
        const { defines } = visualStudioProject(folder, text, target);
        const missing = cmakeProject(parts).defines.filter((define) => !defines.includes(define));
        assert.deepEqual(missing, []);
      });
    });
  }

  it('makes the proxy/stub a DLL with the exports that CMake gives it', () => {
    const project = visualStudioProject(folder, text, 'async_com_ps').text;
    assert.match(project, /<ConfigurationType>DynamicLibrary<\/ConfigurationType>/);
    assert.match(project, /<TargetExt>\.dll<\/TargetExt>/);
    const [, definitions = ''] =
      /<ModuleDefinitionFile>([^<]+)<\/ModuleDefinitionFile>/.exec(project) ?? [];
    assert.equal(definitions.replaceAll('\\', '/'), 'native/proxy_stub/async_com_ps.def');
  });

  it('treats warnings as errors only on request', () => {
    const warnings = (...options: string[]) =>
      /<TreatWarningAsError>(\w+)</.exec(
        visualStudioProject(folder, text, 'async_com', ...options).text,
      )?.[1];
    assert.equal(warnings(), 'false');
    assert.equal(warnings('-D', 'async_com_warnings_as_errors=true'), 'true');
  });
});

/** Returns what gyp writes for Visual Studio from a binding.gyp with this text. */
function visualStudioProject(
  folder: string,
  text: string,
  target: string,
  ...options: string[]
): Project {
  writeFileSync(path.join(folder, 'binding.gyp'), text);
  writeFileSync(path.join(folder, 'machine.gypi'), JSON.stringify(machine));
  execFileSync(
    'python3',
    [
      ...['-B', path.join(gyp, 'gyp/gyp_main.py'), 'binding.gyp', '--format=msvs', '--depth=.'],
      ...['--no-parallel', '-I', 'machine.gypi', '-I', path.join(gyp, 'addon.gypi')],
      ...options,
    ],
    {
      cwd: folder,
      // If the locale is UTF-8, gyp fails to encode what it writes.
      env: { ...process.env, GYP_MSVS_VERSION: '2022', LC_ALL: 'en_US.ISO8859-1' },
      stdio: 'pipe',
    },
  );
  const project = readFileSync(path.join(folder, `${target}.vcxproj`), 'utf8');
  const sources = [...project.matchAll(/<ClCompile Include="([^"]+)"/g)]
    .map(([, file = '']) => file.replaceAll('\\', '/'))
    .filter((file) => file.startsWith('native/'));
  const [, defines = ''] = /<PreprocessorDefinitions>([^<]+)</.exec(project) ?? [];
  return { text: project, sources: sources.sort(), defines: defines.split(';') };
}

/** Returns what CMake compiles for targets, from its compile_commands.json. */
function cmakeProject(targets: readonly string[]): Omit<Project, 'text'> {
  const file = path.join(root, 'build/compile_commands.json');
  const all = JSON.parse(readFileSync(file, 'utf8')) as { file: string; command: string }[];
  const commands = all.filter(({ command }) =>
    targets.some((target) => command.includes(` -o CMakeFiles/${target}.dir/`)),
  );
  const sources = commands
    .map((command) => path.relative(root, command.file))
    // The sources that CMake makes for precompiled headers are in its own folder.
    .filter((source) => source.startsWith('native/') && source !== mingwOnly);
  const defines = new Set(
    commands.flatMap(({ command }) =>
      [...command.matchAll(/ -D(\S+)/g)].map(([, name = '']) => name),
    ),
  );
  // CMake and cmake-js add these. node-gyp adds the last one, to addons only.
  for (const target of targets) defines.delete(`${target}_EXPORTS`);
  defines.delete('BUILDING_NODE_EXTENSION');
  return { sources: sources.sort(), defines: [...defines] };
}
