#!/usr/bin/env node
// @ts-check
// The bootstrap: installs the packages when they are missing or older than the lockfile, then goes on under Node 24,
// which is one of them. Runs on Node 18 and later, so: plain JavaScript, and nothing from node_modules.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { beginApt } from './apt.js'
import { commandsScript } from './bundle-state.js'
import { ended } from './child.js'
import { ensurePackages, installedExtent, modules, node24 } from './packages.js'

const root = fileURLToPath(new URL('..', import.meta.url))
/** Commands that need the packages of tests and linters as well. */
const commandsForAll = ['test', 'bench', 'proof']

// `.env` and a relative DATA_DIR belong to the project, from wherever it is called.
process.chdir(root)
// Type stripping and compiling are done once: a start is a second shorter.
process.env.NODE_COMPILE_CACHE ??= join(modules, '.cache', 'node')

if (!installedExtent()) beginApt(process.argv[2] ?? '')
await ensurePackages(commandsForAll.includes(process.argv[2] ?? '') ? 'all' : 'run')
if (process.env.npm_lifecycle_event) endWithNpm()
if (process.versions.node.startsWith('24.')) await import(pathToFileURL(commandsScript()).href)
else await underNode24()

// This process stays only to hand signals and the exit code on; `ipc` tells the other side when it is killed.
async function underNode24() {
  const args = [commandsScript(), ...process.argv.slice(2)]
  process.exit(
    await ended(spawn(node24, args, { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })),
  )
}

// npm killed on its own does not always hand the signal on (its shell may stand between), so look who the parent is.
function endWithNpm() {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 500)
  watch.unref()
}
