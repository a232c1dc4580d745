#!/usr/bin/env node
import { execute } from "./execute";
import { program } from "./program";

execute(program());
