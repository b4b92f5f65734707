namespace Stk.ApiHost.Hosting;

/// <summary>The configuration does not allow a start. The message is one sentence for whoever starts the host.</summary>
internal sealed class RefusedStartException(string sentence, Exception? inner = null) : Exception(sentence, inner);
