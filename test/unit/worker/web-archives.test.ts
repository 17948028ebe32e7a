import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Note } from '#lib/vocabulary/notes.ts'
import { type ArchivedPart, webArchive } from '#test/documents/web-archive.ts'
import type { Conversion, Engine } from '#worker/engine.ts'
import { withWebArchives } from '#worker/web-archives.ts'

const DOT = { type: 'image/gif', encoding: 'base64', content: 'R0lGODlhAQABAAAAACw=' }
const DATA = `"data:image/gif;base64,${DOT.content}"`
const quoted = (content: string, type = 'text/html; charset=utf-8'): ArchivedPart => ({
  type,
  encoding: 'quoted-printable',
  content,
})

describe('a web archive', () => {
  let directory: string
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'nightshift-test-'))
  })
  after(() => rm(directory, { recursive: true }))

  /** What the engine behind it is given. */
  async function opened(archive: string | Buffer, format = 'mhtml') {
    const sourcePath = join(directory, 'source.mhtml')
    await writeFile(sourcePath, archive)
    const notes: Note[] = []
    let given = { format: '', html: '' }
    const convert = async (conversion: Conversion) => {
      given = { format: conversion.format, html: await readFile(conversion.sourcePath, 'utf8') }
      return { path: '' }
    }
    const signal = AbortSignal.timeout(60_000)
    const conversion = { sourcePath, format, target: 'pdf', directory, signal, onProgress: () => {} }
    const engine = withWebArchives({ convert } as unknown as Engine)
    await engine.convert({ ...conversion, onNote: each => void notes.push(each) })
    return { ...given, notes }
  }

  it('is given to LibreOffice as its page, or as a table', async () => {
    const archive = webArchive(quoted('<p>Caf=C3=A9 =\r\ncr=C3=A8me</p>'))
    const { format, html } = await opened(archive)
    assert.deepEqual([format, html.trim()], ['html', '<p>Café crème</p>'])
    assert.equal((await opened(archive, 'mhtml-table')).format, 'html-table')
  })

  it('has the pictures inside that its page names by place, by number or by a relative place', async () => {
    const page = {
      ...quoted('<img src=3D"a.gif"><img src=3D\'cid:7@x\'><td background=3Dhttp://x.org/d/b.gif>'),
      location: 'http://x.org/d/page.html',
    }
    const others = [
      { ...DOT, location: 'http://x.org/d/a.gif' },
      { ...DOT, id: '7@x' },
      { ...DOT, location: 'b.gif' },
    ]
    const { html, notes } = await opened(webArchive(page, others))
    assert.equal(html.trim(), `<img src=${DATA}><img src=${DATA}><td background=${DATA}>`)
    assert.deepEqual(notes, [])
  })

  it('counts the pictures that it does not contain', async () => {
    const { notes } = await opened(webArchive(quoted('<img src=3D"a.gif"><img src=3D"http://x.org/b.gif">')))
    assert.deepEqual(
      notes.map(({ code, count }) => [code, count]),
      [['linked_content_not_fetched', 2]],
    )
  })

  it('has its style sheets inside', async () => {
    const style = { type: 'text/css', id: 's@x', content: 'p { color: red }' }
    const { html } = await opened(webArchive(quoted('<link rel=3Dstylesheet href=3D"cid:s@x">'), [style]))
    assert.match(html, /^\ufeff?<style>p \{ color: red \}\s*<\/style>/)
  })

  it('is read in the character set of its part, of its page, or of its bytes', async () => {
    const cases = [
      quoted('<p>=E4</p>', 'text/html; charset=windows-1252'),
      quoted('<meta charset=3D"iso-8859-1"><p>=E4</p>', 'text/html'),
      quoted('<p>=E4</p>', 'text/html; charset=us-ascii'),
      quoted('<p>=C3=A4</p>', 'text/html'),
    ]
    for (const page of cases) {
      const { html } = await opened(webArchive(page))
      assert.ok(html.includes('<p>ä</p>'), html)
      assert.doesNotMatch(html, /iso-8859/)
    }
  })

  it('of Excel has its sheets one after the other', async () => {
    const sheet = (name: string): ArchivedPart => ({
      ...quoted(`<html><body><table><tr><td>${name}</td></tr></table></body></html>`),
      location: `file:///C:/x/${name}.htm`,
    })
    const frames = quoted('<html><frameset><frame src=3D"sheet1.htm"></frameset></html>')
    const { html } = await opened(
      webArchive(frames, [sheet('sheet1'), sheet('sheet2'), sheet('tabstrip')]),
      'mhtml-table',
    )
    assert.match(html, /sheet1[\s\S]*sheet2/)
    assert.doesNotMatch(html, /tabstrip|frameset/)
  })

  it('without a page is damaged, and with too many parts or too long a header is refused', async () => {
    const damaged = { code: 'corrupt_file' }
    await assert.rejects(opened(webArchive({ type: 'text/plain', content: 'x' })), damaged)
    const many = Array.from({ length: 3000 }, () => ({ type: 'image/gif', content: '' }))
    await assert.rejects(opened(webArchive(quoted('x'), many)), damaged)
    await assert.rejects(opened(`X: ${'x'.repeat(500_000)}\r\n${webArchive(quoted('x'))}`), damaged)
  })

  it('of megabytes that only look like tags is read in time', async () => {
    const { html } = await opened(
      webArchive(`${'<img '.repeat(1e6)}${'<img a="'.repeat(1e6)}${'<body '.repeat(1e6)}`),
    )
    assert.ok(html.length > 1e7)
  })

  it('tells of the links in its page, and refuses one that goes too deep', async () => {
    const page = '<html><body><a href="http://a.example/">x</a><a href="#here">y</a></body></html>'
    const { notes } = await opened(webArchive(page))
    assert.deepEqual(
      notes.map(({ code, count }) => [code, count]),
      [['links_held', 1]],
    )
    await assert.rejects(opened(webArchive(`<html>${'<div>'.repeat(5000)}</html>`)), {
      code: 'too_deeply_nested',
    })
  })
})
