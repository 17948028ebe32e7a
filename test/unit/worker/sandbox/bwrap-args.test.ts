import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bareArgs, bwrapArgs, limitArgs, type Machine } from '#worker/sandbox/bwrap-args.ts'

const machine: Machine = {
  tools: {
    bwrap: '/usr/bin/bwrap',
    setpriv: '/usr/bin/setpriv',
    prlimit: '/usr/bin/prlimit',
    setsid: '/usr/bin/setsid',
    perl: '/usr/bin/perl',
  },
  office: {
    binary: '/usr/lib/libreoffice/program/soffice.bin',
    file: '/usr/lib/libreoffice/program/soffice.bin',
    root: '/usr/lib/libreoffice',
    environment: {},
    hidden: ['/usr/lib/libreoffice/program/libavmediagst.so'],
    fontFolders: [],
  },
  user: { uid: 60877, gid: 60877 },
  disablesNamespaces: true,
  realFolders: ['lib64'],
}
const options = { slot: '/srv/slots/slot-0', filter: 3, environment: { HOME: '/tmp/home' } }
const wordsOf = (changes: Partial<Machine> = {}) =>
  ` ${bwrapArgs({ ...machine, ...changes }, options).join(' ')} `

describe('the words of the sandbox', () => {
  it('drop root’s rights and tie the process to the worker before bwrap starts', () => {
    assert.match(
      wordsOf(),
      /^ \/usr\/bin\/setsid \/usr\/bin\/setpriv --pdeathsig KILL --reuid 60877 --regid 60877 --clear-groups .*--no-new-privs -- \/bin\/sh -c .* \/usr\/bin\/bwrap /,
    )
    assert.ok(wordsOf().includes(` ${process.pid} /usr/bin/bwrap `))
  })

  it('show the operator’s own fonts where fontconfig looks for them, and nothing where there are none', () => {
    const ownFonts = { folder: '/srv/fonts', dataFolder: '/srv/slots/own' }
    assert.ok(wordsOf({ ownFonts }).includes(' --ro-bind-try /srv/fonts /own/fonts '))
    assert.ok(!wordsOf().includes('/own'))
  })

  it('show what fontconfig is told, as a folder that cannot be written to', () => {
    const words = wordsOf({ fontRules: '/srv/slots/font-rules' })
    assert.ok(words.includes(' --ro-bind /srv/slots/font-rules /font-rules '))
  })

  it('show the system of a tree and no file of the machine', () => {
    const words = bwrapArgs({ ...machine, tree: '/srv/tree', realFolders: [] }, options)
    const shown = words.flatMap((word, at) => (word.startsWith('--ro-bind') ? [words[at + 1] ?? ''] : []))
    assert.ok(shown.includes('/srv/tree/usr') && shown.includes('/srv/tree/etc/fonts'))
    assert.deepEqual(
      shown.filter(path => !path.startsWith('/srv/tree/')),
      ['/dev/null'],
    )
    assert.ok(words.join(' ').includes('--ro-bind /srv/tree/usr /usr '))
  })

  it('tie it also where the worker has no rights to drop', () => {
    assert.match(
      wordsOf({ user: undefined }),
      /^ \/usr\/bin\/setsid \/usr\/bin\/setpriv --pdeathsig KILL -- \/bin\/sh /,
    )
  })

  it('take everything away that can be taken', () => {
    for (const word of [
      '--unshare-all',
      '--unshare-user',
      '--disable-userns',
      '--die-with-parent',
      '--new-session',
    ])
      assert.ok(wordsOf().includes(` ${word} `), word)
    assert.match(wordsOf(), / --cap-drop ALL .* --clearenv .* --seccomp 3 -- $/)
  })

  it('bind one folder for writing, and that is the slot’s', () => {
    const bound = bwrapArgs(machine, options).flatMap((word, at, all) =>
      word === '--bind' ? [all.slice(at + 1, at + 3)] : [],
    )
    assert.deepEqual(bound, [['/srv/slots/slot-0', '/tmp']])
  })

  it('show a folder of the slot once more, by a name that says nothing', () => {
    const documents = `${options.slot}/desk`
    const words = bwrapArgs(machine, { ...options, documents }).join(' ')
    assert.ok(words.includes(` --bind ${documents} /d/d `))
  })

  it('show nothing of /etc that tells of people or secrets', () => {
    const shown = wordsOf().match(/ \/etc\S*/g) ?? []
    const known = ['alternatives', 'fonts', 'ld.so.cache', 'libreoffice', 'papersize'].map(
      name => ` /etc/${name}`,
    )
    assert.deepEqual([...new Set(shown)].sort(), known)
  })

  it('put nothing in the place of the plug-in that idles', () => {
    assert.ok(wordsOf().includes(' --ro-bind /dev/null /usr/lib/libreoffice/program/libavmediagst.so '))
  })

  it('link top folders into /usr, or show them where they are real ones', () => {
    assert.ok(wordsOf().includes(' --symlink usr/bin /bin '))
    assert.ok(wordsOf().includes(' --ro-bind /lib64 /lib64 '))
  })

  it('show a LibreOffice that lies outside /usr, and do not mask the folder that it lies in', () => {
    const opt = { ...machine.office, root: '/opt/libreoffice' }
    assert.ok(wordsOf({ office: opt }).includes(' --ro-bind /opt/libreoffice /opt/libreoffice '))
    const local = { ...machine.office, root: '/usr/local/libreoffice' }
    assert.ok(!wordsOf({ office: local }).includes(' --tmpfs /usr/local '))
    assert.ok(wordsOf().includes(' --tmpfs /usr/local '))
  })
})

describe('the words for SANDBOX=off', () => {
  it('still tie the process to the worker, with an environment of its own', () => {
    assert.match(
      bareArgs(machine, { HOME: '/x' }).join(' '),
      /^\/usr\/bin\/setsid \/usr\/bin\/setpriv --pdeathsig KILL --reuid 60877 .*--no-new-privs -- \/bin\/sh -c .* \/usr\/bin\/env -i HOME=\/x$/,
    )
  })
})

describe('the limits', () => {
  it('forbid core dumps and bound memory, files and descriptors', () => {
    const limits = { addressSpaceBytes: 1000, fileBytes: 200, openFiles: 30 }
    assert.deepEqual(limitArgs(machine.tools, limits).slice(1), [
      '--as=1000',
      '--fsize=200',
      '--nofile=30',
      '--core=0',
      '--',
    ])
  })
})
