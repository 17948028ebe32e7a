import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { it } from 'node:test'
import { curlCommand } from '#app/(pages)/live/curl-command.ts'

it('a shell gives curl each part as it is, whatever is in the name of the file', () => {
  const fileName = `Ann's "best", final; $(1).pptx`
  const options = { pages: '1-3', watermark: `it's` }
  const command = curlCommand({ fileName, target: 'pdf', options }, 'https://example.org/convert')
  const printed = execFileSync('sh', ['-c', command.replace(/^curl/, `printf '%s\\n'`)], { encoding: 'utf8' })
  assert.deepEqual(printed.trimEnd().split('\n'), [
    '--fail',
    '-o',
    `Ann's "best", final; $(1).pdf`,
    '-F',
    `file=@"Ann's \\"best\\", final; $(1).pptx"`,
    '-F',
    'target=pdf',
    '-F',
    `options={"pages":"1-3","watermark":"it's"}`,
    'https://example.org/convert/api/convert',
  ])
})
