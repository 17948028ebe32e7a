/**
 * System calls that no conversion needs, by number. Both tables come from the kernel's own unistd headers. The filter
 * compares only numbers, so a processor without a table gets no sandbox.
 */

export interface Processor {
  /** The kernel's AUDIT_ARCH value: a call through another ABI has other numbers and must not pass. */
  audit: number
  /** The first number of the x32 ABI, which runs under the same AUDIT_ARCH as x86_64. */
  x32: number | null
  socket: number
  clone: number
  clone3: number
  /** These return EPERM. */
  denied: Readonly<Record<string, number>>
  /** Calls that wait until bytes are on disk. They are skipped and report success. */
  syncing: Readonly<Record<string, number>>
}

const X86_64: Processor = {
  audit: 0xc000003e,
  x32: 0x40000000,
  socket: 41,
  clone: 56,
  clone3: 435,
  // biome-ignore format: a table
  denied: {
    ptrace: 101, process_vm_readv: 310, process_vm_writev: 311, kcmp: 312, pidfd_getfd: 438,
    mount: 165, umount2: 166, pivot_root: 155, chroot: 161, setns: 308, unshare: 272,
    open_tree: 428, move_mount: 429, fsopen: 430, fsconfig: 431, fsmount: 432, fspick: 433, mount_setattr: 442,
    open_by_handle_at: 304, name_to_handle_at: 303, fanotify_init: 300,
    bpf: 321, perf_event_open: 298, userfaultfd: 323, io_uring_setup: 425, io_uring_enter: 426, io_uring_register: 427,
    keyctl: 250, add_key: 248, request_key: 249,
    kexec_load: 246, kexec_file_load: 320, init_module: 175, finit_module: 313, delete_module: 176,
    reboot: 169, swapon: 167, swapoff: 168, acct: 163, quotactl: 179, syslog: 103, personality: 135,
    settimeofday: 164, clock_settime: 227, adjtimex: 159, vhangup: 153,
    ioperm: 173, iopl: 172, modify_ldt: 154, lookup_dcookie: 212, nfsservctl: 180, uselib: 134, ustat: 136, _sysctl: 156,
    move_pages: 279, mbind: 237, set_mempolicy: 238, migrate_pages: 256,
    symlink: 88, symlinkat: 266, mknod: 133, mknodat: 259,
  },
  syncing: { fsync: 74, fdatasync: 75, sync: 162, syncfs: 306, sync_file_range: 277, msync: 26 },
}

const AARCH64: Processor = {
  audit: 0xc00000b7,
  x32: null,
  socket: 198,
  clone: 220,
  clone3: 435,
  // biome-ignore format: a table
  denied: {
    ptrace: 117, process_vm_readv: 270, process_vm_writev: 271, kcmp: 272, pidfd_getfd: 438,
    mount: 40, umount2: 39, pivot_root: 41, chroot: 51, setns: 268, unshare: 97,
    open_tree: 428, move_mount: 429, fsopen: 430, fsconfig: 431, fsmount: 432, fspick: 433, mount_setattr: 442,
    open_by_handle_at: 265, name_to_handle_at: 264, fanotify_init: 262,
    bpf: 280, perf_event_open: 241, userfaultfd: 282, io_uring_setup: 425, io_uring_enter: 426, io_uring_register: 427,
    keyctl: 219, add_key: 217, request_key: 218,
    kexec_load: 104, kexec_file_load: 294, init_module: 105, finit_module: 273, delete_module: 106,
    reboot: 142, swapon: 224, swapoff: 225, acct: 89, quotactl: 60, syslog: 116, personality: 92,
    settimeofday: 170, clock_settime: 112, adjtimex: 171, vhangup: 58, lookup_dcookie: 18, nfsservctl: 42,
    move_pages: 239, mbind: 235, set_mempolicy: 237, migrate_pages: 238,
    symlinkat: 36, mknodat: 33,
  },
  syncing: { fsync: 82, fdatasync: 83, sync: 81, syncfs: 267, sync_file_range: 84, msync: 227 },
}

/** The processors with a table, by Node's `process.arch`. */
export const PROCESSORS: ReadonlyMap<string, Processor> = new Map([
  ['x64', X86_64],
  ['arm64', AARCH64],
])
