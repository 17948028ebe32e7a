/** Writes the template of the repository: `node synthesize.ts`. */
import { writeFileSync } from 'node:fs'
import { templateText } from './template/template-text.ts'

writeFileSync(new URL('nightshift.template.json', import.meta.url), templateText())
