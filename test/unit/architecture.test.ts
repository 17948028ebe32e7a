import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'

/** What each floor may import of the other floors and of the frameworks. Arrows point down only. */
const FLOORS: Record<string, RegExp> = {
  app: /^(#worker|#cli|#test|\.\.\/worker)/,
  worker: /^(#app|#cli|#test|next|react|socket\.io|hono)/,
  cli: /^(#app|#worker|#test|next|react|socket\.io|hono)/,
  lib: /^(#app|#worker|#cli|#test|next|react|socket\.io|hono|@hono)/,
}
const sources = (floor: string) => globSync(`${floor}/**/*.{ts,tsx,js}`)
const importsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import\(?)\s*'([^']+)'/g)].map(match => match[1] ?? '')

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

  it('lib/config.ts alone reads the environment, besides what the build writes into the page', () => {
    const files = Object.keys(FLOORS)
      .flatMap(sources)
      .filter(file => !['lib/config.ts', 'app/(pages)/live/address.ts'].includes(file))
    assert.deepEqual(
      files.filter(file => /process\.env|loadEnvFile|from 'dotenv/.test(readFileSync(file, 'utf8'))),
      [],
    )
  })

  it('the vocabulary that browsers read imports nothing that they lack', () => {
    for (const file of ['lib/jobs.ts', 'lib/vocabulary/formats.ts', 'lib/job-snapshot.ts']) {
      assert.deepEqual(
        importsOf(file).filter(name => !name.startsWith('./')),
        [],
        file,
      )
    }
  })
})
