// @ts-check
// Whether the bundle of web process, worker and launcher was made from the sources that are there. Plain JavaScript for
// Node 18, because it decides what the bootstrap runs.
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { namesAny } from './named-settings.js'

const root = fileURLToPath(new URL('..', import.meta.url))
/** The folder of the bundle. */
export const bundleFolder = join(root, '.bundle')
const stamp = join(bundleFolder, 'made-from.json')
const launcher = join(bundleFolder, 'cli', 'commands.js')

/**
 * By sizes and times, because reading all the sources takes a tenth of a second.
 * @returns {boolean}
 */
export function isBundleFresh() {
  if (!existsSync(stamp)) return false
  /** @type {Record<string, [bytes: number, changedMs: number]>} */
  const madeFrom = JSON.parse(readFileSync(stamp, 'utf8'))
  return Object.entries(madeFrom).every(([file, [bytes, changedMs]]) => {
    const [size, mtimeMs] = stateOf(file)
    return size === bytes && mtimeMs === changedMs
  })
}

/**
 * Records what the bundle was made from.
 * @param {readonly string[]} files
 */
export function markBundle(files) {
  writeFileSync(stamp, JSON.stringify(Object.fromEntries(files.map(file => [file, stateOf(file)]))))
}

/** From here on the bundle is that of no sources, until it is marked. */
export function unmarkBundle() {
  rmSync(stamp, { force: true })
}

/** Settings that may choose an adapter, whose packages lie beside its sources. */
const ADAPTERS = ['JOBS', 'EVENTS', 'QUEUE', 'STORAGE']

/** The command line as one file, or its source. */
export function commandsScript() {
  return isBundleFresh() && !namesAny(ADAPTERS) ? launcher : join(root, 'cli', 'commands.ts')
}

/** @param {string} file */
function stateOf(file) {
  const stats = statSync(join(root, file), { throwIfNoEntry: false })
  return [stats?.size ?? -1, stats?.mtimeMs ?? -1]
}
