#!/usr/bin/env node
import { createRequire } from 'node:module';

import { Command } from 'commander';

import { doctorCommand } from './doctor.js';
import { registerCommand, unregisterCommand } from './registration.js';
import { serveCommand } from './serve.js';
import { typeLibraryCommand } from './type-library.js';
import { verifyCommand } from './verify.js';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

await new Command('async-com')
  .description('Host, call and test asynchronous COM from Node')
  .version(version)
  .enablePositionalOptions()
  .addCommand(verifyCommand())
  .addCommand(serveCommand())
  .addCommand(registerCommand())
  .addCommand(unregisterCommand())
  .addCommand(typeLibraryCommand())
  .addCommand(doctorCommand())
  .parseAsync();
