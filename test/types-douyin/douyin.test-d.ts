// A project of its own: the vendors' typings declare `App`, `Page`, `tt` … as globals that clash with each other's.
import type { TtApi } from '../../adapters/douyin';
import type { DouyinCloudApi } from '../../src/cloud/shared/douyinCloud';

type Request = Parameters<TtApi['request']>[0];

tt satisfies Omit<TtApi, 'request'>;
tt.request satisfies (options: Omit<Request, 'data'>) => unknown;

// @ts-expect-error The typings refuse a string as `data`; adapters/douyin.ts says why it is right.
tt satisfies TtApi;

// @ts-expect-error Left out, though the document has it since 1.0.0.
// https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/device/network-state/tt-get-network-type
tt.getNetworkType;

// The same package says number of the scene of `tt.onAppShow` and string of that of `App.onShow`: `entry` takes both.
tt.getLaunchOptionsSync().scene satisfies string;
tt.onAppShow(({ scene }) => scene satisfies number);

tt satisfies DouyinCloudApi;
