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
  /** Where the sandbox has no namespaces of its own. */
  shared: SharedSystem
}

/** Calls that reach other processes and files of the machine where no namespace hides them. */
export interface SharedSystem {
  prctl: number
  /** Their arguments decide. A number is null where the processor does not have the call. */
  socketpair: number
  prlimit: number
  access: number | null
  faccessat: number
  open: number | null
  openat: number
  fcntl: number
  ioctl: number
  /** Takes its flags from memory, so it does not exist. */
  openat2: number
  /** These return EPERM. */
  denied: Readonly<Record<string, number>>
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
  // biome-ignore format: a table
  shared: {
    prctl: 157, socketpair: 53, prlimit: 302, access: 21, faccessat: 269, open: 2, openat: 257, fcntl: 72, ioctl: 16, openat2: 437,
    denied: {
      connect: 42,
      kill: 62, tkill: 200, tgkill: 234, rt_sigqueueinfo: 129, rt_tgsigqueueinfo: 297, pidfd_send_signal: 424,
      setpriority: 141, ioprio_set: 251, sched_setparam: 142, sched_setscheduler: 144, sched_setaffinity: 203, sched_setattr: 314,
      process_madvise: 440, process_mrelease: 448,
      shmget: 29, shmat: 30, shmctl: 31, semget: 64, semop: 65, semctl: 66, semtimedop: 220,
      msgget: 68, msgsnd: 69, msgrcv: 70, msgctl: 71, mq_open: 240, mq_unlink: 241,
      truncate: 76, chmod: 90, fchmodat: 268, fchmodat2: 452, chown: 92, lchown: 94, fchownat: 260,
      setxattr: 188, lsetxattr: 189, removexattr: 197, lremovexattr: 198, setxattrat: 463, removexattrat: 466,
      utime: 132, utimes: 235, futimesat: 261, utimensat: 280,
    },
  },
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
  // biome-ignore format: a table
  shared: {
    prctl: 167, socketpair: 199, prlimit: 261, access: null, faccessat: 48, open: null, openat: 56, fcntl: 25, ioctl: 29, openat2: 437,
    denied: {
      connect: 203,
      kill: 129, tkill: 130, tgkill: 131, rt_sigqueueinfo: 138, rt_tgsigqueueinfo: 240, pidfd_send_signal: 424,
      setpriority: 140, ioprio_set: 30, sched_setparam: 118, sched_setscheduler: 119, sched_setaffinity: 122, sched_setattr: 274,
      process_madvise: 440, process_mrelease: 448,
      shmget: 194, shmat: 196, shmctl: 195, semget: 190, semop: 193, semctl: 191, semtimedop: 192,
      msgget: 186, msgsnd: 189, msgrcv: 188, msgctl: 187, mq_open: 180, mq_unlink: 181,
      truncate: 45, fchmodat: 53, fchmodat2: 452, fchownat: 54,
      setxattr: 5, lsetxattr: 6, removexattr: 14, lremovexattr: 15, setxattrat: 463, removexattrat: 466,
      utimensat: 88,
    },
  },
}

/** The processors with a table, by Node's `process.arch`. */
export const PROCESSORS: ReadonlyMap<string, Processor> = new Map([
  ['x64', X86_64],
  ['arm64', AARCH64],
])
