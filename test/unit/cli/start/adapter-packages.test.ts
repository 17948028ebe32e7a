import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, describe, it } from 'node:test'
import { ADAPTERS, ensureAdapterPackages } from '#cli/start/adapter-packages.ts'
import { AppError } from '#lib/vocabulary/errors.ts'

describe('the packages of an adapter', () => {
  const root = mkdtempSync(join(tmpdir(), 'adapter-'))
  const folder = join(root, ADAPTERS.rabbitmq)
  const installed = join(folder, 'node_modules/rabbitmq-client/package.json')
  let runs = 0
  const steps = {
    print() {},
    async run(_name: string, work: () => Promise<string | undefined>) {
      runs++
      await work()
    },
  }
  const ensure = () => ensureAdapterPackages(steps, 'rabbitmq', { root })
  beforeEach(() => {
    runs = 0
    for (const name of ['package.json', 'package-lock.json'])
      cpSync(join(ADAPTERS.rabbitmq, name), join(folder, name))
  })
  after(() => rmSync(root, { recursive: true }))

  it('are installed once, and again when the lockfile names other versions', async () => {
    await ensure()
    assert.equal(JSON.parse(readFileSync(installed, 'utf8')).version, '5.0.8')
    await ensure()
    assert.equal(runs, 1)
    const list = join(folder, 'node_modules/.package-lock.json')
    writeFileSync(list, readFileSync(list, 'utf8').replace('"5.0.8"', '"5.0.7"'))
    await ensure()
    assert.equal(runs, 2)
  })

  it('that cannot be installed are named with what to do', async () => {
    rmSync(join(folder, 'node_modules'), { recursive: true, force: true })
    writeFileSync(join(folder, 'package-lock.json'), '{}')
    await assert.rejects(ensure(), (error: AppError) => {
      assert.deepEqual([error instanceof AppError, error.code], [true, 'no_packages'])
      assert.match(error.message, /rabbitmq/)
      assert.ok(error.toJobError().nextStep.includes(folder))
      return true
    })
    assert.equal(existsSync(installed), false)
  })

  it('have exact versions and a lockfile', () => {
    for (const adapter of Object.values(ADAPTERS)) {
      const { dependencies } = JSON.parse(readFileSync(join(adapter, 'package.json'), 'utf8'))
      const lock = JSON.parse(readFileSync(join(adapter, 'package-lock.json'), 'utf8'))
      for (const [name, version] of Object.entries(dependencies)) {
        assert.match(String(version), /^\d+\.\d+\.\d+$/)
        assert.equal(lock.packages[`node_modules/${name}`].version, version)
      }
    }
  })
})
