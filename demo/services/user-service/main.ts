import { runService } from '../kit/run-service.ts';
import { readServiceEnvironment } from '../kit/service-environment.ts';
import { startUserService } from './user-service.ts';

await runService(() => startUserService(readServiceEnvironment(8001)));
