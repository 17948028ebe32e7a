import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, it } from 'node:test'

/** What each floor may import of the other floors and of the frameworks. Arrows point down only. */
const FLOORS: Record<string, RegExp> = {
  app: /^(#worker|#cli|#test|\.\.\/worker)/,
  worker: /^(#app|#cli|#test|next|react|socket\.io|hono)/,
  cli: /^(#app|#worker|#test|next|react|socket\.io|hono)/,
  lib: /^(#app|#worker|#cli|#test|next|react|socket\.io|hono|@hono)/,
}
const sources = (floor: string) => globSync(`${floor}/**/*.{ts,tsx,js}`, { exclude: ['**/node_modules/**'] })
/** Packages and files that run in a browser. */
const OF_BROWSERS = new Set([
  'app/live/protocol.ts',
  'react',
  'next/link',
  'next/navigation',
  'use-intl/core',
  'socket.io-client',
  'tus-js-client',
  'fastest-levenshtein',
  'uplot',
  'uplot/dist/uPlot.min.css',
])
const importsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import\(?)\s*'([^']+)'/g)].map(match => match[1] ?? '')

/** What a file loads when it runs, types left out: files of ours from the root on, packages by name. */
function loadedBy(file: string): string[] {
  const text = readFileSync(file, 'utf8').replace(/^(?:import|export) type [^']*'[^']*'/gm, '')
  return [...text.matchAll(/^(?:import|export)\s(?:[^']*\sfrom\s)?'([^']+)'|import\('([^']+)'\)/gm)]
    .map(([, name, late]) => name ?? late ?? '')
    .map(name => (name.startsWith('.') ? join(dirname(file), name) : name.replace(/^#/, '')))
}

function loadedFrom(files: readonly string[]): Set<string> {
  const loaded = new Set(files)
  for (const file of loaded) if (/\.tsx?$/.test(file)) for (const name of loadedBy(file)) loaded.add(name)
  return loaded
}

describe('the floors', () => {
  for (const [floor, forbidden] of Object.entries(FLOORS)) {
    it(`${floor}/ imports only what lies below it`, () => {
      assert.ok(sources(floor).length > 5)
      const wrong = sources(floor).flatMap(file =>
        importsOf(file)
          .filter(name => forbidden.test(name))
          .map(name => `${file} imports ${name}`),
      )
      assert.deepEqual(wrong, [])
    })
  }

  it('worker/sandbox.ts alone starts processes in the worker', () => {
    const wrong = sources('worker').filter(file => importsOf(file).some(name => /child_process/.test(name)))
    assert.deepEqual(wrong, ['worker/sandbox.ts'])
  })

  it('app/job-access.ts alone looks a job up by its number, so that the access rule stands once', () => {
    const lookups = sources('app').filter(file => /\bjobs\??\s*\.get\b/.test(readFileSync(file, 'utf8')))
    assert.deepEqual(lookups, ['app/job-access.ts'])
  })

  it('lib/config.ts alone reads the environment, besides what the build writes into the page', () => {
    const files = Object.keys(FLOORS)
      .flatMap(sources)
      .filter(file => !['lib/config.ts', 'app/(pages)/live/address.ts'].includes(file))
    assert.deepEqual(
      files.filter(file => /process\.env|loadEnvFile|from 'dotenv/.test(readFileSync(file, 'utf8'))),
      [],
    )
  })

  it('lib/pid.ts alone asks whether a process is there, and names workers', () => {
    const files = Object.keys(FLOORS).flatMap(sources)
    assert.deepEqual(
      files.filter(file => /\.kill\(.+, 0\)|hostname\(\)\}\//.test(readFileSync(file, 'utf8'))),
      ['lib/pid.ts'],
    )
  })

  it('lib/backend.ts and its compositions alone import implementations', () => {
    const adapters = new Set(
      globSync([
        ...['lib/jobs/stores/*.ts', 'lib/jobs/buses/*.ts', 'lib/queues/*-queue.ts'],
        ...['lib/storage/{local,s3-storage}.ts', 'lib/spools/*-spool.ts', 'lib/records/*.ts'],
        'lib/tracing/*-tracing.ts',
      ]),
    )
    const loaded = (file: string) => loadedBy(file).filter(name => adapters.has(name))
    const importers = Object.keys(FLOORS)
      .flatMap(sources)
      .filter(file => loaded(file).length > 0)
    assert.deepEqual(
      importers.filter(file => !/^lib\/backend(?:\.ts$|\/)/.test(file)),
      [],
    )
    assert.deepEqual(new Set(importers.flatMap(loaded)), adapters)
  })

  it('the vocabulary imports nothing but itself, save what a browser has too', () => {
    const files = globSync('lib/vocabulary/**/*.ts')
    assert.ok(files.length > 10)
    for (const file of files)
      assert.deepEqual(
        loadedBy(file).filter(name => !name.startsWith('lib/vocabulary/') && !OF_BROWSERS.has(name)),
        [],
        file,
      )
  })

  it('what the page loads in a browser is made for browsers', () => {
    const loaded = loadedFrom(
      globSync('app/**/*.tsx').filter(file => readFileSync(file, 'utf8').startsWith("'use client'")),
    )
    assert.ok(loaded.has('lib/vocabulary/formats.ts') && loaded.has('app/(pages)/live/jobs-store.ts'))
    const wrong = [...loaded].filter(
      name => !/^(?:app\/\(pages\)|lib\/vocabulary)\//.test(name) && !OF_BROWSERS.has(name),
    )
    assert.deepEqual(wrong, [])
  })
})
