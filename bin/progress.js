// @ts-check
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

/**
 * Prints how many of the lockfile's packages have come, in one line, where the output is a terminal.
 * @param {string} root
 * @param {import('./packages.js').Extent} extent
 */
export function showProgress(root, extent) {
  if (!process.stdout.isTTY) return { end() {} }
  const wanted = foldersOf(root, extent)
  const show = () => {
    const there = wanted.filter(folder => existsSync(join(folder, 'package.json'))).length
    process.stdout.write(`\r    ${there} of ${wanted.length} packages `)
  }
  const timer = setInterval(show, 500)
  return {
    end() {
      clearInterval(timer)
      show()
      process.stdout.write('\n')
    },
  }
}

/**
 * @param {string} root
 * @param {import('./packages.js').Extent} extent
 * @returns {string[]} where the packages for this machine belong
 */
function foldersOf(root, extent) {
  const { packages = {} } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  return Object.entries(packages)
    .filter(([name, { dev }]) => name !== '' && (extent === 'all' || !dev))
    .filter(([, { os, cpu }]) => suits(os, process.platform) && suits(cpu, process.arch))
    .map(([name]) => join(root, name))
}

/**
 * @param {string[] | undefined} those
 * @param {string} own
 */
function suits(those, own) {
  return those === undefined || those.includes(own)
}
