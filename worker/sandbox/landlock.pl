# Runs a command that reaches only the files of its rules, and ends everything that comes of it.
#
#   perl landlock.pl PRCTL FILTER RULES SLOT COMMAND...
#
#   PRCTL    the number of the system call prctl on this processor
#   FILTER   a file with the system call filter
#   RULES    a file of lines with rights, as a number, and a path
#   SLOT     rights and path of the folder that the command may write to, as such a line
#
# It is Perl because every Debian has it and it starts in milliseconds, and because no program of the system can make
# these system calls for us. landlock_create_ruleset is number 444 on every processor, the next two are 445 and 446.
use strict;
use warnings;

my ($prctl, $filter, $rules, $slot, @command) = @ARGV;
my %option = (death_signal => 1, filter => 22, subreaper => 36, no_new_privileges => 38);
my ($KILL, $TERM, $O_PATH_CLOEXEC) = (9, 15, 010000000 | 02000000);

# Without process namespaces, a process whose parent ended would get away from the worker: it becomes our child instead.
set_process('subreaper', 1);
$SIG{TERM} = sub { end_all(); exit 128 + $TERM };
set_process('death_signal', $TERM);

my $child = fork() // fail("fork: $!");
if ($child == 0) {
    $SIG{TERM} = 'DEFAULT';
    set_process('death_signal', $KILL);
    restrict();
    exec { $command[0] } @command or fail("$command[0]: $!");
}
my $ended = 0;
while ($ended != $child) {
    $ended = waitpid(-1, 0);
    fail("the command was lost: $!") if $ended == -1 && !$!{EINTR};
}
my $status = $?;
end_all();
exit($status & 127 ? 128 + ($status & 127) : $status >> 8);

sub restrict {
    my $version = syscall(444, 0, 0, 1);
    fail("this kernel offers no Landlock: $!") if $version < 1;
    my $handled = (1 << ($version >= 5 ? 16 : $version >= 3 ? 15 : $version >= 2 ? 14 : 13)) - 1;
    # TCP from version 4, abstract sockets and signals from version 6; the filter forbids them for every version.
    my $attributes = pack('QQQ', $handled, $version >= 4 ? 3 : 0, $version >= 6 ? 3 : 0);
    my $ruleset = syscall(444, $attributes, $version >= 6 ? 24 : $version >= 4 ? 16 : 8, 0);
    fail("no set of rules: $!") if $ruleset < 0;
    my $program = content($filter);
    allow($ruleset, $handled, $_) for split(/\n/, content($rules)), $slot;
    set_process('no_new_privileges', 1);
    syscall(446, $ruleset, 0) == 0 or fail("restrict: $!");
    my $filters = pack('Sx6P', length($program) / 8, $program);
    syscall($prctl, $option{filter}, 2, $filters, 0, 0) == 0 or fail("system call filter: $!");
}

# A path that is not there needs no rule. A file takes only the rights that files have.
sub allow {
    my ($ruleset, $handled, $line) = @_;
    my ($rights, $path) = split(/ /, $line, 2);
    sysopen(my $handle, $path, $O_PATH_CLOEXEC) or return;
    $rights &= $handled;
    $rights &= 1 << 0 | 1 << 1 | 1 << 2 | 1 << 14 | 1 << 15 unless -d $handle;
    my $rule = pack('Ql', $rights, fileno($handle));
    syscall(445, $ruleset, 1, $rule, 0) == 0 or fail("$path: $!");
}

# Each child that is killed leaves us its own children.
sub end_all {
    local $?;
    while (waitpid(-1, 1) != -1) {
        my @children = children();
        kill('KILL', @children);
        waitpid($_, 0) for @children;
    }
}

sub children {
    opendir(my $processes, '/proc') or return;
    return grep { /^\d+$/ && content("/proc/$_/stat") =~ /^.*\) \w $$ /s } readdir($processes);
}

sub set_process {
    my ($name, $value) = @_;
    syscall($prctl, $option{$name}, $value, 0, 0, 0) == 0 or fail("$name: $!");
}

sub content {
    my ($file) = @_;
    open(my $handle, '<:raw', $file) or return '';
    local $/;
    return readline($handle) // '';
}

sub fail {
    print STDERR "landlock: $_[0]\n";
    exit 125;
}
