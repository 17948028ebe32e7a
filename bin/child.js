// @ts-check
import { constants } from 'node:os'
import process from 'node:process'

const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Waits for a child and hands our signals on to it.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>} its exit code, or 128 and the number of the signal that ended it
 */
export function ended(child) {
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

/**
 * Ends this process with a sentence.
 * @param {string} sentence
 */
export function fail(sentence) {
  console.error(`\n  ✗ ${sentence}\n`)
  process.exit(1)
}
