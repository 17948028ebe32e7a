import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pageSources } from '#cli/start/page-sources.ts'

const FILES = {
  'app/(pages)/page.tsx': "import { Row } from './row.tsx'\nimport '../globals.css'\nimport 'react'",
  'app/(pages)/row.tsx': "export { a } from '#lib/jobs.ts'\nconst later = import('#lib/later.ts')",
  'app/globals.css': "@import './tokens.css';",
  'app/tokens.css': '',
  'app/layout.tsx': "import type { B } from './backend.ts'",
  'app/backend.ts': '',
  'app/server.ts': "import './api/jobs.ts'",
  'app/api/jobs.ts': "import '#lib/secret.ts'",
  'lib/jobs.ts': "import './errors.ts'",
  'lib/later.ts': '',
  'lib/errors.ts': "import './jobs.ts'",
  'lib/secret.ts': '',
  'worker/main.ts': '',
  'public/picture.png': '',
  'next.config.js': '',
  'tsconfig.json': '',
  'package-lock.json': '',
}

describe('what the build of the pages reads', () => {
  const root = mkdtempSync(join(tmpdir(), 'pages-'))
  before(() => {
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(root, name)), { recursive: true })
      writeFileSync(join(root, name), text)
    }
  })
  after(() => rmSync(root, { recursive: true }))

  it('is the pages, all that they import, and the settings; not the server, the API or the worker', () => {
    const found = pageSources(root).map(file => relative(root, file))
    const others = ['app/server.ts', 'app/api/jobs.ts', 'lib/secret.ts', 'worker/main.ts']
    assert.deepEqual(
      found.sort(),
      Object.keys(FILES)
        .filter(name => !others.includes(name))
        .sort(),
    )
  })
})
