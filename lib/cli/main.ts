#!/usr/bin/env node
import { Command } from 'commander';

import { doctorCommand } from './doctor.js';
import { registerCommand, unregisterCommand } from './registration.js';
import { serveCommand } from './serve.js';
import { verifyCommand } from './verify.js';

await new Command('async-com')
  .description('Host, call and test asynchronous COM from Node')
  .enablePositionalOptions()
  .addCommand(verifyCommand())
  .addCommand(serveCommand())
  .addCommand(registerCommand())
  .addCommand(unregisterCommand())
  .addCommand(doctorCommand())
  .parseAsync();
