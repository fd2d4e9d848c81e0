#!/usr/bin/env node
import { Command } from 'commander';

import { verifyCommand } from './verify.js';

await new Command('async-com')
  .description('Host, call and test asynchronous COM from Node')
  .addCommand(verifyCommand())
  .parseAsync();
