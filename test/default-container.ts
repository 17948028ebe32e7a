import { PROCESSORS } from '#worker/sandbox/syscalls.ts'

/** What a process that is root keeps of root's rights in a default container of Docker. */
const RIGHTS = [
  ...['chown', 'dac_override', 'fowner', 'fsetid', 'kill', 'setgid', 'setuid', 'setpcap'],
  ...['net_bind_service', 'net_raw', 'sys_chroot', 'mknod', 'audit_write', 'setfcap'],
]
const MOUNTS = [
  'mount',
  'umount2',
  'pivot_root',
  'setns',
  'unshare',
  'open_tree',
  'move_mount',
  'fsopen',
] as const
const NEW_NAMESPACES = 0x7e020000

const REFUSED = 0x00050001
const UNKNOWN = 0x00050026
const ALLOWED = 0x7fff0000

/** Installs the filter, its first word after the number of prctl, and becomes the command. */
const INSTALL = `
  my ($prctl, $filter, @command) = @ARGV;
  my $program = pack('H*', $filter);
  my $filters = pack('Sx6P', length($program) / 8, $program);
  syscall($prctl, 38, 1, 0, 0, 0) if $> != 0;
  syscall($prctl, 22, 2, $filters, 0, 0) == 0 or die "filter: $!";
  exec { $command[0] } @command or die "$command[0]: $!"`

/** The words before a command that give it the system calls and rights of a default container, and no more. */
export function inDefaultContainer(): string[] {
  const processor = PROCESSORS.get(process.arch)
  if (!processor) throw new Error(`no system calls are known of ${process.arch}`)
  const rights = ['-all', ...RIGHTS.map(right => `+${right}`)].join(',')
  const drop =
    process.getuid?.() === 0 ? ['setpriv', `--bounding-set=${rights}`, '--inh-caps=-all', '--'] : []
  const refused = MOUNTS.flatMap(name => [
    [0x15, 0, 1, processor.denied[name] ?? 0],
    [0x06, 0, 0, REFUSED],
  ])
  const filter = [
    [0x20, 0, 0, 0],
    ...refused,
    [0x15, 0, 1, processor.clone3],
    [0x06, 0, 0, UNKNOWN],
    [0x15, 0, 3, processor.clone],
    [0x20, 0, 0, 16],
    [0x45, 0, 1, NEW_NAMESPACES],
    [0x06, 0, 0, REFUSED],
    [0x06, 0, 0, ALLOWED],
  ]
  const program = filter.map(([code = 0, met = 0, unmet = 0, value = 0]) => {
    const bytes = Buffer.alloc(8)
    bytes.writeUInt16LE(code)
    bytes.writeUInt8(met, 2)
    bytes.writeUInt8(unmet, 3)
    bytes.writeUInt32LE(value, 4)
    return bytes
  })
  return [
    ...['perl', '-e', INSTALL, String(processor.shared.prctl), Buffer.concat(program).toString('hex')],
    ...['/usr/bin/env', ...drop],
  ]
}
