import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { until } from '#test/until.ts'
import { type FontWatch, watchFonts } from '#worker/report/font-watch.ts'

describe('the watch over fonts', () => {
  let folder: string
  let watch: FontWatch
  let changes: number
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nightshift-font-watch-'))
    changes = 0
    await mkdir(join(folder, 'there', 'deep'), { recursive: true })
    const folders = [join(folder, 'there'), join(folder, 'to-come')]
    watch = await watchFonts({ folders, onChange: () => changes++, pollMs: 10 })
  })
  afterEach(async () => {
    watch.close()
    await rm(folder, { recursive: true })
  })

  it('reports an added font, also in a subfolder, and a removed one', async () => {
    await writeFile(join(folder, 'there', 'deep', 'a.ttf'), '')
    await until('the first', () => changes === 1)
    await rm(join(folder, 'there', 'deep', 'a.ttf'))
    await until('the second', () => changes === 2)
  })

  it('reports a folder that was missing', async () => {
    await mkdir(join(folder, 'to-come'))
    await until('the folder', () => changes === 1)
  })
})
