// @ts-check
import { existsSync, readFileSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const environmentFile = fileURLToPath(new URL('../.env', import.meta.url))

/**
 * Whether the environment or `.env` names one of these settings. What it is decides the command line, which reads the
 * file as a whole.
 * @param {readonly string[]} names
 * @returns {boolean}
 */
export function namesAny(names) {
  const inFile = existsSync(environmentFile) ? readFileSync(environmentFile, 'utf8') : ''
  const isInFile = (/** @type {string} */ name) =>
    new RegExp(`^\\s*(export\\s+)?${name}\\s*=`, 'm').test(inFile)
  return names.some(name => process.env[name] !== undefined || isInFile(name))
}
