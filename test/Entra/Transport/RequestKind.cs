namespace Entra.Transport;

/// <summary>What a request is for: the rows of the report.</summary>
internal enum RequestKind
{
    TestConnection,
    Discovery,
    CreateByHand,
    MatchUser,
    CreateUser,
    UpdateUser,
    DisableUser,
    RestoreUser,
    ReadUser,
    DeleteUser,
    ManagerQuery,
    SetManager,
    RemoveManager,
    MatchGroup,
    CreateGroup,
    UpdateGroup,
    ReadGroup,
    DeleteGroup,
    MemberQuery,
    AddMembers,
    RemoveMembers,
    Repeated,
    VerifyUserPage,
    VerifyGroupPage,
    VerifyGroup,
    VerifyFilter,
    VerifyGone,
}
