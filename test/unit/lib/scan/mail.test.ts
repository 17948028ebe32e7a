import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertRefused, formatOf } from './expect.ts'

const PARTS = '\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>x</p>\r\n--b--\r\n'
const related = (before: string) =>
  `${before}MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="b"; type="text/html"${PARTS}`

describe('a scan of texts with a header', () => {
  it('knows a web archive by any name of a document, and by none', async () => {
    const saved = related(
      'From: <Saved by Blink>\r\nSubject: Page\r\nDate: Mon, 1 Jan 2024 00:00:00 +0000\r\n',
    )
    const exported = related(
      'Date: Mon, 1 Jan 2024 00:00:00 +0000\r\nMessage-ID: <1@x>\r\nSubject: Export\r\n',
    )
    for (const text of [saved, exported, related('')])
      for (const name of ['page.mht', 'page.mhtml', 'page.doc', 'page.html', 'page'])
        assert.equal(await formatOf(text, name), 'mhtml', name)
    await assertRefused([saved, 'page.pptx'], 'type_mismatch', /a web archive \(MHTML\) named \.pptx/)
  })

  it('leaves it a text by the name of one', async () => {
    assert.equal(await formatOf(related(''), 'page.txt'), 'txt')
  })

  it('names an e-mail, and says what to do', async () => {
    const plain = 'From: Ann <ann@example.org>\nTo: bob@example.org\nSubject: Hello\n\nHello\n'
    const mailbox = `From ann@example.org Mon Jan  1 00:00:00 2024\n${plain}`
    const forwarded = `Received: from a by b;\n Mon, 1 Jan 2024 00:00:00 +0000\n${related('From: a@example.org\n')}`
    for (const text of [plain, mailbox, forwarded, related('From: a@example.org\r\n')])
      await assertRefused([text, 'mail.eml'], 'unsupported_format', /an e-mail/)
  })

  it('takes an e-mail for a web archive where its name says so', async () => {
    assert.equal(await formatOf(related('From: a@example.org\r\nTo: b@example.org\r\n'), 'page.mht'), 'mhtml')
  })

  it('does not take every text with a colon for an e-mail', async () => {
    for (const text of ['Note: buy milk\n\nand bread\n', 'Dear Ann,\nSubject: this\n', 'a: 1\nb: 2\n\n'])
      await assertRefused([text, 'notes'], 'unsupported_format', /a plain text/)
  })
})
