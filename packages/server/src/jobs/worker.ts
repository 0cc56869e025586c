// The thread in which the engine runs.
import { serveTasks } from './serve-tasks.ts';

serveTasks();
