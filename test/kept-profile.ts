import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where the engines of one test run keep the filled profile of LibreOffice, which costs each of them seconds else. */
export const KEPT_PROFILE = join(tmpdir(), 'nightshift-profile')
