import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it, type TestContext } from 'node:test'
import { WHY_NO_SANDBOX } from '#test/why-no-sandbox.ts'
import { keepHome, loadHome } from '#worker/engines/kept-home.ts'
import { writeProfile } from '#worker/sandbox/profile.ts'
import { make, openTestEngine } from '../test-engine.ts'

const NAME = 'LibreOffice 7.4.7.2'

/** A kept home of an office that is a file of its own. */
async function kept(t: TestContext) {
  const root = await mkdtemp(join(tmpdir(), 'nightshift-kept-'))
  t.after(() => rm(root, { recursive: true }))
  const file = join(root, 'soffice.bin')
  await writeFile(file, 'a program')
  const office = { binary: file, file, root, environment: {}, hidden: [], fontFolders: [] }
  const options = { folder: join(root, 'kept'), office, profile: {} }
  const home = join(root, 'home')
  await writeProfile(join(home, 'profile'), options.profile)
  await keepHome({ name: NAME, home }, options)
  return { file, options, home, target: join(root, 'target') }
}

const settingsOf = (home: string) => join(home, 'profile', 'user', 'registrymodifications.xcu')

it('a kept home comes back with the name of its LibreOffice', async t => {
  const { options, home, target } = await kept(t)
  assert.deepEqual(await loadHome(target, options), { name: NAME, home: target })
  assert.equal(await readFile(settingsOf(target), 'utf8'), await readFile(settingsOf(home), 'utf8'))
})

it('another LibreOffice and other settings get none', async t => {
  const { file, options, target } = await kept(t)
  assert.equal(await loadHome(target, { ...options, profile: { commentsInMargin: true } }), undefined)
  await utimes(file, 1, 1)
  assert.equal(await loadHome(target, options), undefined)
})

it('a damaged one is none, and leaves nothing behind', async t => {
  const { options, target } = await kept(t)
  const [key = ''] = await readdir(options.folder)
  await truncate(settingsOf(join(options.folder, key, 'home')))
  assert.equal(await loadHome(target, options), undefined)
  await assert.rejects(stat(target), { code: 'ENOENT' })
})

it('a new one takes the place of all others', async t => {
  const { file, options, home, target } = await kept(t)
  await writeFile(file, 'a renewed program')
  await keepHome({ name: 'LibreOffice 25.2.3.2', home }, options)
  assert.equal((await readdir(options.folder)).length, 1)
  assert.equal((await loadHome(target, options))?.name, 'LibreOffice 25.2.3.2')
})

it('an engine with a kept home starts without filling one, and converts', {
  skip: WHY_NO_SANDBOX.bwrap,
}, async t => {
  const keptDir = join(await mkdtemp(join(tmpdir(), 'nightshift-kept-')), 'profile')
  t.after(() => rm(join(keptDir, '..'), { recursive: true }))
  for (const start of ['first', 'second']) {
    const testEngine = await openTestEngine('bwrap', { keptDir })
    t.after(() => testEngine.close())
    const template = await readdir(join(testEngine.scratchDir, 'template'))
    assert.equal(template.includes('first.pdf'), start === 'first')
    await testEngine.engine.start()
    const { pages } = await make(testEngine, { bytes: 'Hello', format: 'txt' }, { target: 'pdf' })
    assert.equal(pages, 1)
  }
})
