// Stand-ins for the clouds, as the documents describe them:
// https://developers.weixin.qq.com/miniprogram/dev/wxcloudrun/src/development/call/ (limits) and …/call/faq (errors)
// https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/functions/Cloud.callFunction.html

const fail = (options, name, errCode, text) =>
  options.fail({ errCode, errMsg: `cloud.${name}:fail Error: errCode: ${errCode} | errMsg: ${text} (callId: 1-0.1)` });

/**
 * `wx.cloud`. `container(request)` answers like a service: `{ statusCode, header, data }`; `functions[name](event)` like a
 * function, by what it returns. `broken` is `[errCode, text]` for each call.
 */
export const createWxCloud = ({ container, functions = {}, env = 'prod-01', services = ['events'] }) => {
  const calls = [];
  const cloud = {
    calls,
    broken: undefined,
    isReady: false,
    init() {
      cloud.isReady = true;
    },
    callContainer(options) {
      if (!cloud.isReady) throw new Error('Cloud API isn’t enabled, please call wx.cloud.init first');
      calls.push(options);
      if (cloud.broken) return fail(options, 'callContainer', ...cloud.broken);
      if (options.config.env !== env) return fail(options, 'callContainer', -501000, 'Environment invalid');
      if (!services.includes(options.header['X-WX-SERVICE'])) return fail(options, 'callContainer', -501000, 'Service invalid');
      if (!options.path.startsWith('/')) return fail(options, 'callContainer', -501000, 'Path access permission error');
      if (!['GET', 'POST', 'PUT', 'DELETE'].includes(options.method)) return fail(options, 'callContainer', 102005, 'method');
      if (options.timeout > 15_000) throw new Error('a timeout over 15 s has no effect');
      if (Buffer.byteLength(options.data) > 100 * 1024) return fail(options, 'callContainer', -606001, '请求包大小超过 100KB');
      Promise.resolve(container(options)).then(
        (answer) => options.success({ errMsg: 'request:ok', callID: '1', ...answer }),
        () => fail(options, 'callContainer', 102002, '请求超时'),
      );
    },
    callFunction(options) {
      if (!cloud.isReady) throw new Error('Cloud API isn’t enabled, please call wx.cloud.init first');
      calls.push(options);
      if (cloud.broken) return fail(options, 'callFunction', ...cloud.broken);
      if (options.config.env && options.config.env !== env)
        return fail(options, 'callFunction', -501000, '[100003] env not exists');
      if (!functions[options.name]) return fail(options, 'callFunction', -501000, '[100006] function not found');
      // The event goes over the wire: what is no JSON does not arrive.
      Promise.resolve(JSON.parse(JSON.stringify(options.data)))
        .then(functions[options.name])
        .then(
          (result) => options.success({ errMsg: 'cloud.callFunction:ok', requestID: '1', result }),
          (error) => fail(options, 'callFunction', -504002, error.message),
        );
    },
  };
  return cloud;
};
